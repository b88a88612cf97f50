"""Text without its spaces still leads back to the words as printed."""

from ingest.parsing.compact import CompactText
from ingest.parsing.text import JoinedText, Piece


def test_spaces_and_widths_are_folded():
    compact = CompactText(JoinedText.of_line("达到 ５ 万 Gbps,占 **45%** ,共 1,200 台(套)"))
    assert compact.text == "达到5万Gbps，占45%，共1,200台（套）"


def test_two_latin_words_and_two_numbers_stay_apart():
    assert (
        CompactText(JoinedText.of_line("10G PON 端口 IPv6 3 个, 12.5 EFLOPS")).text == "10G PON端口IPv6 3个，12.5EFLOPS"
    )


def test_a_quote_is_what_the_line_prints():
    source = JoinedText([Piece(7, 2, "打造 5G 场"), Piece(9, 0, "景 100 个）")])
    compact = CompactText(source)
    at = compact.text.index("100")
    assert compact.text == "打造5G场景100个）"
    assert compact.quote(0, at + 4, at) == (9, "景 100 个")
    assert compact.quote(0, 4, 0) == (7, "打造 5G")
