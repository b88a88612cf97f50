"""What a reader has put aside, with its citations, as text and as a table."""

from collections.abc import Iterator, Sequence
from datetime import date

from policies.clippings import Clipping
from policies.exports.citations import Citation
from policies.exports.spreadsheets import csv_lines
from policies.templatetags.reading import name, years

COLUMNS = ("序号", "政策", "条款", "标题", "条款全文", "目标", "引用（GB/T 7714）", "网址")


def as_text(clippings: Sequence[Clipping], root: str, read_on: date) -> str:
    """Each clause under its number, and the list of citations after all; `root` is the site's address."""
    parts, cited = [], []
    for number, clipping in enumerate(clippings, 1):
        clause = clipping.clause
        lines = [f"[{number}] 《{clipping.policy.title}》{name(clause)}", clause.words()]
        lines += [f"目标：{told}" for told in _targets(clipping)]
        parts.append("\n".join(lines))
        cited.append(f"[{number}] {Citation.of(clause, root, read_on).gbt7714}")
    return "\n\n".join([*parts, "引用\n" + "\n".join(cited)]) + "\n"


def as_table(clippings: Sequence[Clipping], root: str, read_on: date) -> Iterator[str]:
    """The lines of a CSV file with a row for each clause."""
    rows = (
        _row(number, clipping, Citation.of(clipping.clause, root, read_on))
        for number, clipping in enumerate(clippings, 1)
    )
    return csv_lines(COLUMNS, rows)


def _row(number: int, clipping: Clipping, citation: Citation) -> tuple[object, ...]:
    clause = clipping.clause
    told = "；".join(_targets(clipping))
    title, text = clipping.policy.title, clause.words()
    return number, title, name(clause), clause.heading, text, told, citation.gbt7714, citation.url


def _targets(clipping: Clipping) -> list[str]:
    return ["，".join(filter(None, (t.indicator, t.quantity, years(t)))) for t in clipping.targets]
