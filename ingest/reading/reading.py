"""What reading a file gives, and how it fails."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text: `lines` without their ends, `encoding` as decoded, `format` txt, md, html, docx, pdf or akn.

    `pages` has the 1-based page of every line, where the format has pages.
    """

    lines: list[str]
    encoding: str
    format: str
    pages: list[int] | None = None


class ReadingError(Exception):
    """A file that cannot be read as text; the message is Chinese, for whoever supplied the file."""


class ReaderEndedError(ReadingError):
    """A file of which nothing is known, for somebody ended its reader: another attempt may read it."""
