"""Finding words in the lines that they were printed on."""

import pytest

from policies.lines import line_of

LINES = ["第二条 先建中心。", "再建网络，先建", "中心 之后验收。"]


@pytest.mark.parametrize(
    ("words", "before", "place"),
    [
        ("先建中心。再建", "第二条", (0, False)),
        ("再建网络，先建中心", "第二条先建中心。", (1, True)),
        ("先建中心之后", "第二条先建中心。再建网络，", (1, False)),
        ("中心之后验收。", "", (2, True)),
        ("没有的话", "", None),
    ],
)
def test_line_of(words, before, place):
    assert line_of(words, before, LINES) == place
