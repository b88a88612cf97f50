"""Which heading answers which."""

import pytest

from policies.headings import common_words, pair


@pytest.mark.parametrize(
    ("ones", "others", "expected"),
    [
        (["总体要求", "保障措施"], ["保障措施", "总体要求"], {0: 1, 1: 0}),
        (["建设渔港供电设施"], ["完善供电设施"], {0: 0}),
        (["加强监督评估"], ["加强监测评估"], {0: 0}),
        (["培育水产品牌"], ["清点山区羊群"], {}),
        (["渔业安全"], ["渔业共享"], {}),
        ([], ["总则"], {}),
        (["总　则"], ["总则"], {0: 0}),
    ],
)
def test_headings_of_one_thing_answer_each_other(ones, others, expected):
    assert pair(ones, others, set()) == expected


def test_common_words_alone_pair_nothing():
    ones, others = ["建设渔港码头"], ["建设渔港灯塔"]
    assert pair(ones, others, set()) == {0: 0}
    assert pair(ones, others, {"建设", "渔港"}) == {}


def test_each_has_one_answer_at_most_the_likest():
    assert pair(["供电设施", "渔港供电设施"], ["渔港供电设施", "牧场供电设施"], set()) == {0: 1, 1: 0}


def test_words_of_titles_and_of_many_headings_are_common():
    headings = ["建设码头", "建设道路", "建设灯塔", "总体要求"]
    assert {"渔港", "建设"} <= common_words(["渔港方案"], headings)
    assert "码头" not in common_words(["渔港方案"], headings)
