"""What reading a file gives, and how it fails."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text: `lines` without their ends, `encoding` as decoded, `format` txt or md."""

    lines: list[str]
    encoding: str
    format: str


class ReadingError(Exception):
    """A file that cannot be read as text; the message is Chinese, for whoever supplied the file."""
