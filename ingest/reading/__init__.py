"""From a file's bytes to its lines: one module a format, picked here by content."""

from pathlib import Path

from ingest.reading.docx import docx_lines
from ingest.reading.markdown import markdown_lines
from ingest.reading.pdf import pdf_lines
from ingest.reading.plain import decode
from ingest.reading.reading import Reading, ReadingError
from ingest.reading.signatures import binary_format, text_format
from ingest.reading.webpage import webpage_lines, webpage_text

__all__ = ["LIMIT", "SUFFIXES", "SUFFIX_WORDS", "Reading", "ReadingError", "glance", "read", "read_path"]

LIMIT = 20 * 1024 * 1024  # bytes of one file; an issue has some 200 kB
SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm", ".pdf")  # of the files that can be read
SUFFIX_WORDS = "、".join(SUFFIXES)
EMPTY = "文件是空的：没有任何文字。"


def read(content: bytes, filename: str) -> Reading:
    """The lines of a file, as `str.splitlines` cuts them; paragraphs and tables as a text has them.

    The content tells the format; `filename` only whether a text is Markdown, or a piece of a web page.
    Raises ReadingError for what is empty, larger than LIMIT, of another format, damaged, encrypted,
    hostile, or without text.
    """
    if len(content) > LIMIT:
        raise ReadingError(f"文件太大：超过 {LIMIT // 1024**2} MB 的上限，没有读取。")
    found = binary_format(content)
    if found == "pdf":
        lines, pages = pdf_lines(content)
        return Reading(lines, "", found, pages)
    if found == "docx":
        return Reading(_some(docx_lines(content)), "", found)
    text, encoding = webpage_text(content)
    kind = text_format(text, filename)
    if kind == "html":
        return Reading(webpage_lines(text), encoding, kind)
    text, encoding = decode(content)
    lines = text.splitlines()
    return Reading(_some(markdown_lines(lines) if kind == "md" else lines), encoding, kind)


def glance(content: bytes, filename: str) -> None:
    """What a request may do with a file: tell what can be told at once, and leave the work to a worker.

    PDF and Word files are known by their signature alone.  Raises ReadingError for what is no text either.
    """
    if len(content) > LIMIT or binary_format(content) is None:
        read(content, filename)


def _some(lines: list[str]) -> list[str]:
    if not any(line.strip() for line in lines):
        raise ReadingError(EMPTY)
    return lines


def read_path(path: Path) -> Reading:
    """As `read`, for a file on disk, of which never more than LIMIT is taken into memory.

    Raises OSError where the file cannot be opened.
    """
    with path.open("rb") as handle:
        return read(handle.read(LIMIT + 1), path.name)
