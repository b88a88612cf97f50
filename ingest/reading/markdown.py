"""Markdown: tables made tab-separated lines, escapes undone; headings, lists and stress stay as typed."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

DELIMITER = re.compile(r"\s*\|?(?:\s*:?-{1,200}:?\s*\|){1,100}\s*(?::?-{1,200}:?)?\s*\|?\s*$")
BAR = re.compile(r"(?<!\\)\|")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
LONGEST_DELIMITER = 2000
RULE = re.compile(r"\s{0,3}(?:=+|(?:-\s?){3,}|(?:_\s?){3,}|(?:\*\s?){3,})\s*$")
LONGEST_RULE = 200


def markdown_lines(lines: Sequence[str]) -> list[str]:
    """As many lines as there were, so that they keep their numbers."""
    return [_unescaped(line) for line in _tables_opened(lines)]


def _tables_opened(lines: Sequence[str]) -> Iterable[str]:
    """Rows around a line of dashes and bars as tab-separated lines, that line and rules as empty ones."""
    heads = {number for number, (above, line) in enumerate(pairwise(lines)) if _is_delimiter(line) and "|" in above}
    inside = False
    for number, line in enumerate(lines):
        if number in heads:
            inside = True
            yield _row(line)
        elif inside and _is_delimiter(line):
            yield ""
        elif inside and BAR.search(line):
            yield _row(line)
        else:
            inside = False
            yield "" if len(line) <= LONGEST_RULE and RULE.match(line) else line


def _is_delimiter(line: str) -> bool:
    return "|" in line and len(line) <= LONGEST_DELIMITER and bool(DELIMITER.match(line))


def _row(line: str) -> str:
    cells = BAR.split(line.strip())
    if cells and not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return "\t".join(cell.strip().replace("<br>", "") for cell in cells)


def _unescaped(line: str) -> str:
    return ESCAPE.sub(r"\1", line) if "\\" in line else line
