from ingest.parsing.labels import read_label
from ingest.parsing.numbering import Candidate, admit


def admitted(*lines):
    """The lines taken for articles; a line that begins with … goes on with an unfinished sentence."""
    candidates = []
    for index, line in enumerate(lines):
        label = read_label(line.lstrip("…"))
        assert label is not None
        rest = line.lstrip("…")[label.end :]
        candidates.append(Candidate(index, label, rest, open_before=line.startswith("…")))
    taken = admit(candidates)
    return [line for index, line in enumerate(lines) if index in taken]


def test_articles_in_order():
    assert admitted("第一条 甲", "第二条 乙", "第二条之一 丙", "第三条 丁") == [
        "第一条 甲",
        "第二条 乙",
        "第二条之一 丙",
        "第三条 丁",
    ]


def test_references_are_left_out():
    lines = (
        "第一条 甲",
        "第八条规定的",
        "第二条 乙",
        "…第三条第二款规定",
        "第三条 丙",
        "第一条、第二条规定",
        "第四条 丁",
    )
    assert admitted(*lines) == ["第一条 甲", "第二条 乙", "第三条 丙", "第四条 丁"]


def test_a_number_too_high_is_a_reference_while_the_due_one_still_comes():
    assert admitted("第一条 甲", "第九条 处罚", "第二条 乙", "第三条 丙") == ["第一条 甲", "第二条 乙", "第三条 丙"]


def test_articles_after_a_gap_count():
    assert admitted("第一条 甲", "第四条 丁", "第五条 戊", "第九条 壬") == [
        "第一条 甲",
        "第四条 丁",
        "第五条 戊",
        "第九条 壬",
    ]


def test_a_second_text_begins_anew():
    assert admitted("第一条 甲", "第二条 乙", "第一条 丙", "第二条 丁") == [
        "第一条 甲",
        "第二条 乙",
        "第一条 丙",
        "第二条 丁",
    ]


def test_a_digit_lost_in_print_does_not_cost_the_article():
    lines = ("第十九条 甲", "第二十条 乙", "第二十条 丙", "第二十二条 丁")
    assert admitted("第一条 零", *lines)[1:] == list(lines)
