import pytest

from ingest.parsing.ordinals import find_ordinals


def labels(text, due=1):
    return [ordinal.label for ordinal in find_ordinals(text, due)]


def test_a_list_within_a_paragraph():
    assert labels("要求做到：一是统一标准；二是统一平台；三是统一标识。") == ["一是", "二是", "三是"]


def test_a_verb_may_stand_before_the_first():
    assert labels("今后，建议一是加快共享；二是开放场景。") == ["一是", "二是"]


@pytest.mark.parametrize(
    "text", ["其特点之一是便捷，二是可靠。", "目标只有一个，唯一是服务群众；", "重点是统一是非标准；二是不变。"]
)
def test_words_that_only_hold_the_characters(text):
    assert labels(text) == []


def test_a_paragraph_may_be_one_item_of_a_list():
    assert labels("一是建平台。") == ["一是"]
    assert labels("二是建机制。", due=2) == ["二是"]
    assert labels("同时，二是建机制。", due=2) == []
