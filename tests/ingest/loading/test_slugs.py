"""Slugs: what a title is about, told in a policy's address."""

import pytest

from ingest.loading.slugs import make_slug, short_title


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("国务院关于印发《驿站发展规划（2031—2035年）》的通知", "驿站发展规划"),
        ("云南省人民政府办公厅关于印发数字驿站行动计划的通知", "数字驿站行动计划"),
        ("国务院关于加强驿站建设的若干意见", "加强驿站建设的若干意见"),
        ("浙江省驿站条例(草案)", "驿站条例"),
        ("关于驿站的公告", "关于驿站的公告"),
        ("浙江省", "浙江省"),
        ("2031年驿站运行情况", "2031年驿站运行情况"),
    ],
)
def test_short_title(title, short):
    assert short_title(title, without=("浙江省", "浙江")) == short


def test_a_slug_is_fit_for_an_address():
    assert make_slug("云南", 2031, "“十六五”驿站 Plan", ()) == "云南-2031-十六五驿站-plan"
    assert make_slug("国家", 2031, "2031年1—10月份驿站运行情况", ()) == "国家-2031-2031年1-10月份驿站运行情况"
    assert make_slug("", None, "——", ()) == "document"
    assert len(make_slug("云南", 2031, "长" * 300, ())) <= 100


def test_a_taken_slug_gets_a_number():
    assert make_slug("云南", 2031, "驿站条例", {"云南-2031-驿站条例", "云南-2031-驿站条例-2"}) == "云南-2031-驿站条例-3"
