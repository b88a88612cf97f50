"""From a file's bytes to its lines: one module a format, picked here by content and name."""

from pathlib import Path, PurePath

from ingest.reading.plain import decode
from ingest.reading.reading import Reading, ReadingError
from ingest.reading.signatures import other_format

__all__ = ["LIMIT", "Reading", "ReadingError", "read", "read_path"]

LIMIT = 20 * 1024 * 1024  # bytes of one file; an issue has some 200 kB


def read(content: bytes, filename: str) -> Reading:
    """The lines of a text file, cut as `str.splitlines` cuts them.

    `filename` helps to tell the format.  Raises ReadingError for what is empty, larger than LIMIT,
    of another format, or no text.
    """
    if len(content) > LIMIT:
        raise ReadingError(f"文件太大：超过 {LIMIT // 1024**2} MB 的上限，没有读取。")
    other = other_format(content, filename)
    if other:
        raise ReadingError(f"这是{other}，目前只能读取 .txt 和 .md 文本。")
    text, encoding = decode(content)
    if not text.strip():
        raise ReadingError("文件是空的：没有任何文字。")
    return Reading(text.splitlines(), encoding, "md" if PurePath(filename).suffix.lower() == ".md" else "txt")


def read_path(path: Path) -> Reading:
    """As `read`, for a file on disk, of which never more than LIMIT is taken into memory.

    Raises OSError where the file cannot be opened.
    """
    with path.open("rb") as handle:
        return read(handle.read(LIMIT + 1), path.name)
