"""Akoma Ntoso as others write it; our own is read again in tests/policies/exports."""

import pytest

from ingest.reading import ReadingError, read

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def lines(body: str, prefix: str = "") -> list[str]:
    name = f"{prefix}:akomaNtoso" if prefix else "akomaNtoso"
    xmlns = f"xmlns:{prefix}" if prefix else "xmlns"
    content = f'<?xml version="1.0"?>\n<!-- made by hand -->\n<{name} {xmlns}="{NAMESPACE}">{body}</{name}>'
    reading = read(content.encode(), "法.xml")
    assert reading.format == "akn"
    return [line for line in reading.lines if line]


def test_labels_and_headings_stand_as_printed():
    assert lines(
        "<act><meta><identification/></meta><preface><p><docTitle>驿站<i>管理</i>办法</docTitle></p></preface><body>"
        "<chapter><num>第一章</num><heading>总则</heading>"
        "<article><num>第一条</num><content><p>驿站应当<ref href='#a'>登记</ref>。</p>"
        "<p>登记免费。</p></content></article>"
        "<article><num>第二条</num><heading>期限</heading><intro><p>期限为：</p></intro>"
        "<point><num>（一）</num><content><p>一年；</p></content></point>"
        "<wrapUp><p>期满续期。</p></wrapUp></article>"
        "</chapter></body></act>"
    ) == [
        "驿站管理办法", "第一章 总则", "第一条 驿站应当登记。", "登记免费。",
        "第二条（期限）", "期限为：", "（一）一年；", "期满续期。",
    ]  # fmt: skip


def test_elements_may_have_a_prefix():
    assert lines("<a:doc><a:mainBody><a:p>驿站通知</a:p></a:mainBody></a:doc>", "a") == ["驿站通知"]


def test_tables_are_rows_of_cells():
    table = (
        "<doc><mainBody><table><caption>表1 驿站</caption><tr><th colspan='2'><p>县</p></th></tr>"
        "<tr><td><p>东</p></td><td><p>5</p></td></tr></table></mainBody></doc>"
    )
    assert lines(table) == ["表1 驿站", "县\t", "东\t5"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><akomaNtoso>&x;</akomaNtoso>', "损坏|DTD"),
        ("<akomaNtoso><act>", "损坏"),
        ("<akomaNtoso><act/></akomaNtoso>", "空的"),
    ],
    ids=["entities", "cut off", "empty"],
)
def test_what_is_hostile_damaged_or_empty_is_refused(content, words):
    with pytest.raises(ReadingError, match=words):
        read(content.encode(), "法.xml")
