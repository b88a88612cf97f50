"""From a file's bytes to its lines: one module a format, picked here by content."""

from pathlib import Path

from ingest.reading.akomantoso import akoma_ntoso_lines
from ingest.reading.docx import docx_lines
from ingest.reading.markdown import markdown_lines
from ingest.reading.pdf import pdf_lines
from ingest.reading.plain import decode
from ingest.reading.reading import ReaderEndedError, Reading, ReadingError
from ingest.reading.signatures import binary_format, text_format
from ingest.reading.webpage import webpage_lines, webpage_text

__all__ = [
    "LIMIT",
    "SUFFIXES",
    "SUFFIX_WORDS",
    "ReaderEndedError",
    "Reading",
    "ReadingError",
    "glance",
    "read",
    "read_path",
]

LIMIT = 20 * 1024 * 1024  # bytes of one file; an issue has some 200 kB
SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm", ".pdf", ".xml")  # of the files that can be read
SUFFIX_WORDS = "、".join(SUFFIXES)
MOST = 3_000_000  # characters of one text, line ends included; an issue has some 60,000
MOST_LINES = 300_000  # of one text; an issue has some 2,000
EMPTY = "文件是空的：没有任何文字。"


def read(content: bytes, filename: str) -> Reading:
    """The lines of a file, as `str.splitlines` cuts them; paragraphs and tables as a text has them.

    The content tells the format; `filename` only whether a text is Markdown, or a piece of a web page.
    Raises ReadingError for what is empty, larger than LIMIT, longer than MOST or MOST_LINES, of another format,
    damaged, encrypted, hostile, or without text.
    """
    if len(content) > LIMIT:
        raise ReadingError(f"文件太大：超过 {LIMIT // 1024**2} MB 的上限，没有读取。")
    found = binary_format(content)
    if found == "pdf":
        lines, pages = pdf_lines(content)
        return Reading(_checked(lines), "", found, pages)
    if found == "docx":
        return Reading(_checked(docx_lines(content)), "", found)
    if found == "akn":
        return Reading(_checked(akoma_ntoso_lines(content)), "", found)
    text, encoding = webpage_text(content)
    kind = text_format(text, filename)
    if kind == "html":
        return Reading(_checked(webpage_lines(text)), encoding, kind)
    text, encoding = decode(content)
    _bound(len(text))
    lines = _checked(text.splitlines())
    return Reading(markdown_lines(lines) if kind == "md" else lines, encoding, kind)


def glance(content: bytes, filename: str) -> None:
    """What a request may do with a file: tell what can be told at once, and leave the work to a worker.

    PDF and Word files are known by their signature alone.  Raises ReadingError for what is no text either.
    """
    if len(content) > LIMIT or binary_format(content) is None:
        read(content, filename)


def _checked(lines: list[str]) -> list[str]:
    """The lines themselves, if there is a text in them, and one of a length that can be worked on."""
    if not any(line.strip() for line in lines):
        raise ReadingError(EMPTY)
    _bound(sum(map(len, lines)) + len(lines))
    if len(lines) > MOST_LINES:
        raise ReadingError(f"行数太多：超过 {MOST_LINES // 10_000} 万行，没有读取；请拆成几份后再试。")
    return lines


def _bound(characters: int) -> None:
    if characters > MOST:
        raise ReadingError(f"文字太多：超过 {MOST // 10_000} 万字，没有读取；请拆成几份后再试。")


def read_path(path: Path) -> Reading:
    """As `read`, for a file on disk, of which never more than LIMIT is taken into memory.

    Raises OSError where the file cannot be opened.
    """
    with path.open("rb") as handle:
        return read(handle.read(LIMIT + 1), path.name)
