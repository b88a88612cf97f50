"""Two versions of a text word by word."""

import random

import pytest

from policies import differences as module
from policies.differences import differences, excerpts


def shown(earlier: str, later: str) -> tuple[str, str]:
    """Both texts with what differs in brackets."""
    one, other = differences(earlier, later)
    return tuple("".join(f"[{piece.text}]" if piece.differs else piece.text for piece in text) for text in (one, other))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("建设５Ｇ基站，共10个。", "建设 5G 基站；共 10 个"),
        ("公開數據", "公开数据"),
        ("第一款\n第二款", "第一款。第二款"),
        ("", ""),
    ],
)
def test_width_spaces_punctuation_and_script_are_no_difference(earlier, later):
    assert shown(earlier, later) == (earlier, later)


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("建成中心。", "全面建成中心。", ("建成中心。", "[全面]建成中心。")),
        ("应当及时公布结果", "应当公布结果", ("应当[及时]公布结果", "应当公布结果")),
        ("到2025年建成", "到2027年建成", ("到[2025]年建成", "到[2027]年建成")),
        ("PUE低于1.25", "PUE低于1.3", ("PUE低于[1.25]", "PUE低于[1.3]")),
        ("", "新的一条。", ("", "[新的一条]。")),
    ],
)
def test_words_that_differ_are_marked(earlier, later, expected):
    assert shown(earlier, later) == expected


def test_a_lone_word_between_two_differences_is_part_of_one():
    assert shown("林场工作规则", "渔港作业规则") == ("[林场工作]规则", "[渔港作业]规则")


def test_the_pieces_are_the_texts():
    dice = random.Random(5)
    for _ in range(200):
        earlier, later = ("".join(dice.choices("甲乙丙丁 ，5G\n（）", k=dice.randrange(40))) for _ in range(2))
        one, other = differences(earlier, later)
        assert "".join(piece.text for piece in one) == earlier
        assert "".join(piece.text for piece in other) == later
        agree = ["".join(module.WORD.findall(p.text)) for p in one if not p.differs]
        assert (
            "".join(agree).lower()
            == "".join("".join(module.WORD.findall(p.text)) for p in other if not p.differs).lower()
        )


def test_texts_too_long_to_compare_differ_from_one_place_on(monkeypatch):
    monkeypatch.setattr(module, "MOST_PAIRS", 10)
    assert shown("甲乙丙丁，", "甲乙丙戊，") == ("甲乙丙[丁]，", "甲乙丙[戊]，")
    assert shown("甲乙丙丁，", "甲乙丙丁。") == ("甲乙丙丁，", "甲乙丙丁。")


def test_long_texts_of_one_character_are_compared():
    assert shown("数" * 9_000, "数" * 9_001)[0].count("[") == 0


def test_long_texts_are_cut_at_the_same_places_around_all_that_differs():
    middle = "各县按年度分批建设驿站并公开数据。" * 15
    before = f"{middle}省数据局负责登记，{middle}每年评估一次{middle}"
    after = f"{middle}省数据局具体负责登记，{middle}每年评估两次{middle}"
    one, other = excerpts(before, after)
    assert shown(one, other) == (
        one.replace("一次", "[一]次"),
        other.replace("具体", "[具体]").replace("两次", "[两]次"),
    )
    assert max(len(one), len(other)) < 100
    assert (one[0], one[-1]) == ("…", "…")
