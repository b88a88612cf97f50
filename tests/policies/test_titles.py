"""Titles taken apart: what a document is called, where it is of, how far it has come."""

import pytest

from policies.titles import NATION, Stage, TitleReader

READER = TitleReader(
    [
        (NATION, "中华人民共和国", "中国"),
        ("330000", "浙江省", "浙江"),
        ("330100", "杭州市", "杭州"),
        ("220000", "吉林省", "吉林"),
        ("220200", "吉林市", "吉林"),
        ("710000", "台湾省", "台湾"),
    ]
)


@pytest.mark.parametrize(
    "titles",
    [
        ("驿站数据安全法", "中华人民共和国驿站数据安全法"),
        (
            "浙江省驿站管理办法",
            "浙江省驿站管理办法（试行）",
            "浙江省 驿站管理办法(征求意见稿)",
            "浙江驿站管理办法（2031年修订）",
        ),
        (
            "驿站管理条例（草案）",
            "驿站管理条例草案",
            "驿站管理条例（修订草案征求意见稿）",
            "关于《驿站管理条例（草案）》公开征求意见的公告",
        ),
        ("驿站“十九五”规划", "关于印发《驿站“十九五”规划》的通知", "国务院办公厅关于印发驿站十九五规划的通知"),
        ("关于加快驿站建设的意见", "浙江省人民政府关于加快驿站建设的意见", "中共中央 国务院关于加快驿站建设的意见"),
        ("驿站行动计划（2031—2033年）", "驿站行动计划（2031-2033年）", "驿站行动计划(2031年至2033年)"),
        ("驿站目录（2031年本）", "驿站目录（2035年版）", "驿站目录"),
        ("浙江省实施《中华人民共和国驿站法》办法", "浙江省实施〈驿站法〉办法"),
        ("关于公开征求驿站管理规定意见的公告", "驿站管理规定"),
    ],
)
def test_titles_of_one_document_share_their_key(titles):
    assert len({READER.read(title).key for title in titles}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("驿站行动计划（2031—2033年）", "驿站行动计划（2034—2036年）"),
        ("驿站管理办法", "驿站管理暂行办法"),
        ("关于修改《驿站管理条例》的决定", "驿站管理条例"),
        ("关于废止《驿站管理条例》的决定", "驿站管理条例"),
        ("2031年统计公报", "2032年统计公报"),
    ],
)
def test_titles_of_different_documents_do_not(one, other):
    assert READER.read(one).key != READER.read(other).key


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("驿站管理办法", Stage.FINAL),
        ("驿站管理办法（修正）", Stage.FINAL),
        ("驿站管理办法（试行）", Stage.TRIAL),
        ("驿站管理办法（公开征求意见稿）", Stage.DRAFT),
        ("关于《驿站管理办法（征求意见稿）》公开征求意见的公告", Stage.DRAFT),
        ("驿站管理办法送审稿", Stage.DRAFT),
    ],
)
def test_the_stage_is_what_the_brackets_say(title, stage):
    assert READER.read(title).stage is stage


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("驿站目录（2031年本）", 2031),
        ("驿站管理办法(2031修订)", 2031),
        ("关于印发《驿站管理办法（2031年第二次修正）》的通知", 2031),
        ("驿站管理办法（修订）", None),
        ("驿站行动计划（2031—2033年）", None),
    ],
)
def test_the_year_of_an_edition(title, year):
    assert READER.read(title).year == year


def test_the_place_is_the_last_region_before_the_name():
    assert READER.read("浙江省杭州市驿站管理条例").places == {"330100"}
    assert READER.read("吉林驿站管理条例").places == {"220000", "220200"}
    assert READER.read("中华人民共和国驿站法").places == {NATION}
    assert READER.read("驿站管理条例").places == frozenset()


def test_a_region_elsewhere_is_what_the_title_is_about():
    title = READER.read("杭州市对口帮扶吉林驿站办法")
    assert (title.places, title.key) == ({"330100"}, "对口帮扶吉林驿站办法")
    assert READER.read("浙江省吉林商会驿站办法").key == "吉林商会驿站办法"
    assert READER.read("台湾同胞驿站办法").key == READER.read("浙江省台湾同胞驿站办法").key == "台湾同胞驿站办法"


def test_an_issuers_place_is_not_the_documents_own():
    title = READER.read("浙江省人民政府关于印发浙江省驿站规划的通知")
    assert (title.places, title.issuer_places) == ({"330000"}, {"330000"})
    title = READER.read("浙江省人民政府关于加快驿站建设的意见")
    assert (title.places, title.issuer_places) == (frozenset(), {"330000"})


def test_a_name_that_only_begins_like_a_region_stays_whole():
    assert READER.read("杭州条例").key == "杭州条例"
