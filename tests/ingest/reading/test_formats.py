"""The same issue in any format gives the same records; the content tells the format."""

import re
from typing import Any

import pytest
from django.conf import settings

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.reading import ReadingError, read, read_path
from ingest.records import as_json
from tests.ingest.reading.renderings import FORMATS, HEAD, as_docx, as_html, as_md, as_pdf

SAMPLES = sorted((settings.FIXTURES / "samples").glob("*.txt"))
LINES_AND_COVERAGE = ("line", "start_line", "end_line", "coverage")
TEXT = "关于办好驿站的通知\n\n各驿站：\n\n驿站应当每日开门，不得少于八小时。\n"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.from_fixtures()


def records(lines: list[str], gazetteer: Gazetteer) -> Any:
    """What a text says, without line numbers and white space."""
    return bare(as_json(parse_lines(lines, gazetteer)))


def bare(record: Any) -> Any:
    if isinstance(record, dict):
        return {name: bare(value) for name, value in record.items() if name not in LINES_AND_COVERAGE}
    if isinstance(record, list):
        return [bare(item) for item in record]
    return re.sub(r"\s", "", record) if isinstance(record, str) else record


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_same_issue_in_any_format_gives_the_same_records(sample, kind, gazetteer):
    reading = read(FORMATS[kind](sample.read_text(encoding="utf-8")), f"sample.{kind}")
    assert reading.format == kind
    assert records(reading.lines, gazetteer) == records(read_path(sample).lines, gazetteer)


@pytest.mark.shared
@pytest.mark.parametrize("kind", FORMATS)
def test_the_real_issues_too(shared, kind, gazetteer):
    for issue in sorted((shared / "issues").glob("*.txt")):
        text = issue.read_text(encoding="utf-8-sig")
        reading = read(FORMATS[kind](text), f"issue.{kind}")
        assert records(reading.lines, gazetteer) == records(text.splitlines(), gazetteer)


@pytest.mark.parametrize("name", ["通知", "通知.txt", "通知.pdf", "通知.doc", "通知.html", "通知.docx"])
@pytest.mark.parametrize(
    ("kind", "write"), [("docx", as_docx), ("html", as_html), ("pdf", as_pdf), ("txt", str.encode)]
)
def test_the_content_tells_the_format_whatever_the_name(kind, write, name):
    reading = read(write(TEXT), name)
    assert reading.format == kind
    assert [line for line in reading.lines if line not in ("", HEAD)] == [
        "关于办好驿站的通知",
        "各驿站：",
        "驿站应当每日开门，不得少于八小时。",
    ]


def test_only_the_name_tells_markdown_from_text():
    assert read(as_md("甲\t乙\n丙\t丁"), "表.md").lines == ["甲\t乙", "", "丙\t丁"]
    assert read(as_md("甲\t乙\n丙\t丁"), "表.txt").lines[0] == "| 甲 | 乙 |"


def test_pages_are_told_where_a_format_has_them():
    text = "\n\n".join(f"第{number}段说的是驿站的门该在什么时候打开。" for number in range(1, 101))
    reading = read(as_pdf(text), "驿站.pdf")
    assert reading.pages is not None
    assert len(reading.pages) == len(reading.lines)
    assert reading.pages == sorted(reading.pages)
    assert set(reading.pages) == {1, 2, 3, 4}
    assert [read(write(text), "驿站.md").pages for write in (as_docx, as_html, as_md)] == [None] * 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"{\\rtf1 ...", "RTF 文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "OCR"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "请先解压"),
    ],
    ids=["old office", "office with a password", "rtf", "picture", "archive"],
)
def test_other_formats_are_refused_with_what_to_do(content, words):
    with pytest.raises(ReadingError, match=words):
        read(content, "通知.docx")
