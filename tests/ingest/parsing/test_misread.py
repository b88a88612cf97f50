"""Terms whose letters and digits OCR took for each other."""

import pytest

from ingest.parsing.compact import CompactText
from ingest.parsing.misread import ANCHORS, LOOK_ALIKE, TERMS, repaired
from ingest.parsing.outline import build_outline
from ingest.parsing.text import JoinedText


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("推广IOG-PON端口", "推广10G-PON端口"),
        ("1Pv6+与lPv4", "IPv6+与IPv4"),
        ("NB-l0T、1OOG和V0LTE", "NB-IoT、100G和VoLTE"),
        ("1SO标准、BlM模型", "ISO标准、BIM模型"),
    ],
)
def test_known_terms_are_repaired_in_place(printed, meant):
    assert repaired(printed) == meant


@pytest.mark.parametrize("text", ["100个、010区号、020热线", "A10级、C02型、SG01线", "LOGO、lot、API2", "COD"])
def test_other_words_and_numbers_stay(text):
    assert repaired(text) == text


def test_every_term_is_looked_for_where_a_letter_of_it_stands():
    assert all(set(term) & set(ANCHORS) for term in TERMS)
    assert not set(ANCHORS) & set("".join(LOOK_ALIKE.values()))


def test_a_record_is_repaired_and_its_quote_is_not():
    source = JoinedText.of_line("1. 推进1Pv6改造。")
    compact = CompactText(source)
    assert compact.text == "1.推进IPv6改造。"
    assert compact.quote(0, len(compact.text), 3) == (1, source.text)
    lines = ["一、推进1Pv6改造", "部署1Pv6网络。"]
    (provision,) = build_outline(lines, 1, 2, "plan").provisions
    assert (provision.heading, provision.text) == ("推进IPv6改造", "部署1Pv6网络。")
