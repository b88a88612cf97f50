import pytest

from ingest.parsing.ordinals import find_ordinals


def labels(text, due=1):
    return [ordinal.label for ordinal in find_ordinals(text, due)]


def test_a_list_within_a_paragraph():
    assert labels("要求做到：一是统一标准；二是统一平台；三是统一标识。") == ["一是", "二是", "三是"]


def test_what_is_to_be_done_and_what_comes_first_are_lists_too():
    assert labels("会议强调，一要统一标准；二要统一平台；三要统一标识。") == ["一要", "二要", "三要"]
    assert labels("第一，统一标准。第二，统一平台。") == ["第一", "第二"]


def test_a_list_keeps_its_form():
    assert labels("一是统一标准，二要素齐备；二要统一平台；二是统一标识。") == ["一是", "二是"]
    assert labels("第一，统一标准。二是统一平台。第二，统一标识。") == ["第一", "第二"]


def test_a_verb_may_stand_before_the_first():
    assert labels("今后，建议一是加快共享；二是开放场景。") == ["一是", "二是"]


@pytest.mark.parametrize(
    "text",
    [
        "规模全省第一，增速居全省第二，",
        "一要件齐全，二要件完备。",
        "第一批已完成；第二批待办。",
        "其特点之一是便捷，二是可靠。",
        "目标只有一个，唯一是服务群众；",
        "重点是统一是非标准；二是不变。",
    ],
)
def test_words_that_only_hold_the_characters(text):
    assert labels(text) == []


def test_a_paragraph_may_be_one_item_of_a_list():
    assert labels("一是建平台。") == ["一是"]
    assert labels("二是建机制。", due=2) == ["二是"]
    assert labels("同时，二是建机制。", due=2) == []
