"""Targets in tables of indicators: a row names the indicator and its unit, a column the year.

    序号  指标          单位  2030年基数  2035年目标  属性
    1     良种覆盖率    %     88          ≥95         预期性
    2     林果产值      亿元  120         200左右     预期性

Columns of the past give none, nor do cells that are words; one of yearly growth (年均/累计) counts where the
indicator is a growth and its year columns are empty.  A column that names a year
alone is a target's unless that year lies before the policy, or is the first of several.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.parsing.compact import CompactText
from ingest.parsing.deadlines import Deadline, find_deadlines
from ingest.parsing.nodes import Outline
from ingest.parsing.numbers import ARABIC, Number, number_value
from ingest.parsing.phrases import BOUND, COMPARATOR, operator
from ingest.parsing.present import Present
from ingest.parsing.targets import KINDS
from ingest.parsing.text import JoinedText
from ingest.parsing.units import known_units
from ingest.records import TableRecord, TargetRecord

INDICATOR_COLUMN = re.compile(r"[^\d年目值]{0,6}指标(?:名称|内容|项目)?")
UNIT_COLUMN = re.compile(r"(?:计量|指标)?单位")
PAST_COLUMN = re.compile(r"现状|基[期数准值础年]|实际|实绩|初值|完成(?:情况|值|数)|已完成|上年|预计")
OTHER_COLUMN = re.compile(r"年均|增长|增速|增幅|累计|变化|属性|类型|责任|说明|来源|备注|进度")
NAMED_TARGET = re.compile(r"目标|规划|计划|预期|要求")
PLAIN_YEAR = re.compile(r"(?:到|至)?20\d\d年?[底末]?(?:指标值?|数值|值)?")
ABOUT_TARGETS = re.compile(r"目标|计划|任务|规划")
NUMBERING = re.compile(r"(?:[（(]?\d{1,2}[）)]|\d{1,2}[.．、]|[①-⑳])\s*")
NOTE_MARKS = re.compile(r"[*＊※]+|\^?\[\d{1,2}\]|[①-⑳]$")
UNIT_IN_NAME = re.compile(r"[（(](?:单位[:：])?(?P<unit>[^（）()]{1,12})[）)]$")
OF_WHICH = re.compile(r"其中[:：]?|[-—]+")
CELL = re.compile(
    rf"(?P<lead>\D{{0,8}}?)(?P<value>{ARABIC})(?P<unit>\D{{0,6}}?)"
    rf"(?:(?:——|[—–~-]|至)(?P<upper>{ARABIC}))?(?P<rest>\D{{0,12}})"
)
GROWTH_COLUMN = re.compile(r"年均|累计")
CHANGE_NAMED = re.compile(r"(?:增长|增速|增幅|下降|降低|提高|减少)(?:率|幅度)?$")
CHANGE = re.compile(r"[较比]?(?:累计|年均)?(?:下降|降低|减少|提高|提升|增长|增加|新增)|累计")
CUMULATED = re.compile(r"[〔\[【（](?P<cell>[^〕\]】）]+)[〕\]】）]")
NOTHING = frozenset({"", "—", "-", "–", "——", "/", "无"})
LONGEST_CELL = 30
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns name the indicator and the unit, the year of each target column (None: not told), and
    which tells the yearly growth."""

    indicators: list[int]
    unit: int | None
    years: dict[int, Deadline | None]
    growth: int | None = None


@dataclass(frozen=True, slots=True)
class _Amount:
    """What a cell says: 累计│≥│90│万│以上."""

    value: Number
    value_max: Number | None
    op: str
    unit: str  # as the cell prints it; a multiplier alone (万) goes before the column's unit
    change: str = ""
    cumulated: bool = False


def find_table_targets(
    lines: Sequence[str], tables: Sequence[TableRecord], outline: Outline, kind: str, present: Present
) -> list[TargetRecord]:
    """The targets of a policy's indicator tables, in the order of its lines.

    `lines` are the file's, the first being line 1; `kind` is the policy's kind, `present` tells which
    years are past.
    """
    if kind not in KINDS:
        return []
    nodes = list(outline.walk())
    starts = [node.start_line for node in nodes]
    targets: list[TargetRecord] = []
    for table in tables:
        columns = _columns(table, _title(lines, table), present.since)
        if columns:
            place = bisect_left(starts, table.line)
            path = nodes[place - 1].path if place else ""
            targets += _of_table(lines, table, columns, path, present.period)
    return targets


def _title(lines: Sequence[str], table: TableRecord) -> str:
    """The table's title, or the line above it where it has none."""
    if table.title:
        return table.title
    above = (lines[number - 1].strip() for number in range(table.line - 1, max(table.line - 4, 0), -1))
    return next((line for line in above if line), "")


def _columns(table: TableRecord, title: str, since: int | None) -> _Columns | None:
    """The columns of an indicator table, or None for any other; years before `since` are past."""
    names = [re.sub(r"[\s*]", "", name) for name in table.header]
    indicators = [at for at, name in enumerate(names) if INDICATOR_COLUMN.fullmatch(UNIT_IN_NAME.sub("", name))]
    units = [at for at, name in enumerate(names) if UNIT_COLUMN.fullmatch(name)]
    if not indicators:
        return None
    values = [at for at, name in enumerate(names) if at not in indicators and not OTHER_COLUMN.search(name)]
    past = [at for at in values if PAST_COLUMN.search(names[at])]
    named = [at for at in values if at not in past and NAMED_TARGET.search(names[at])]
    plain = [at for at in values if at not in named and PLAIN_YEAR.fullmatch(names[at])]
    years = {at: _deadline(names[at]) or _deadline(title) for at in named}
    if len(plain) > 1 or past or named or ABOUT_TARGETS.search(title):
        years |= _ahead({at: year for at in plain if (year := _deadline(names[at]))}, since, bool(past), bool(named))
    growth = [at for at, name in enumerate(names) if GROWTH_COLUMN.match(name)]
    return _Columns(indicators, units[0] if units else None, years, growth[0] if growth else None) if years else None


def _ahead(plain: dict[int, Deadline], since: int | None, past: bool, named: bool) -> dict[int, Deadline]:
    """The columns named by a year alone that are no base; without `since`, other columns tell which are."""
    if since:
        return {at: year for at, year in plain.items() if year.year >= since}
    if named:
        return {}
    first = min((year.year for year in plain.values()), default=0)
    return {at: year for at, year in plain.items() if past or len(plain) == 1 or year.year > first}


def _deadline(words: str) -> Deadline | None:
    """The year that a column's name or a title tells, with its first where it tells a span."""
    text = CompactText(JoinedText.of_line(words)).text
    if re.fullmatch(r"20\d\d", text):
        text += "年"
    return next((found for found in find_deadlines(text) if found.kind in ("until", "bare", "period")), None)


def _of_table(
    lines: Sequence[str], table: TableRecord, columns: _Columns, path: str, period: tuple[int, int] | None
) -> Iterator[TargetRecord]:
    whole = ""
    for line, cells in _rows(lines, table):
        name, unit = _named(cells, columns, table.unit or "")
        if not name:
            continue
        part = OF_WHICH.match(name)
        if part and whole:
            name = f"{whole}（{name[part.end() :]}）"
        else:
            whole = name
        for at, deadline in _told_columns(columns, cells, name):
            amount = _amount(cells[at])
            if amount:
                target = _record(path, line, lines[line - 1].strip(), name, unit, amount, deadline)
                yield replace(target, year_from=period[0]) if amount.cumulated and period and deadline else target


def _told_columns(columns: _Columns, cells: list[str], name: str) -> list[tuple[int, Deadline | None]]:
    """The target columns of a row; that of yearly growth, for the last year, where the others are empty."""
    empty = all(cells[at] in NOTHING for at in columns.years)
    if columns.growth is not None and empty and CHANGE_NAMED.search(name):
        last = max(filter(None, columns.years.values()), key=lambda deadline: deadline.year, default=None)
        return [(columns.growth, last)]
    return list(columns.years.items())


def _rows(lines: Sequence[str], table: TableRecord) -> Iterator[tuple[int, list[str]]]:
    """The table's rows with their lines; a row that lost its first cells (merged ones) stands at the right."""
    width = len(table.header)
    due = iter(table.rows)
    row = next(due, None)
    for number in range(table.line, table.end_line + 1):
        raw = lines[number - 1]
        cells = [cell.strip() for cell in raw.replace("**", "").strip(" \r\n").split("\t")]
        if row is None or cells != row[: len(cells)] or any(row[len(cells) :]):
            continue
        if len(cells) <= width and any(cells):
            yield number, [""] * (width - len(cells)) + cells
        row = next(due, None)


def _named(cells: list[str], columns: _Columns, unit: str) -> tuple[str, str]:
    """The indicator of a row and its unit; no name where the cell holds none."""
    name = next((cells[at] for at in reversed(columns.indicators) if cells[at]), "")
    name = NOTE_MARKS.sub("", NUMBERING.sub("", re.sub(r"\s+", "", name), count=1))
    inner = UNIT_IN_NAME.search(name)
    if inner and _is_unit(inner["unit"]):
        name, unit = name[: inner.start()], inner["unit"]
    if columns.unit is not None and cells[columns.unit] not in NOTHING:
        unit = CompactText(JoinedText.of_line(cells[columns.unit])).text
    return ("" if name in NOTHING or _is_number(name) else name), unit


def _is_number(text: str) -> bool:
    """Whether `text` is an amount and no name."""
    return re.fullmatch(rf"(?:{ARABIC})%?", text) is not None


def _is_unit(text: str) -> bool:
    found = known_units().match(text, 0)
    return found is not None and len(found.text) == len(text)


def _is_multiplier(text: str) -> bool:
    return text != "" and known_units().multiplier(text, 0) == text


def _amount(cell: str) -> _Amount | None:
    """What a cell promises; None for words, dashes and dates."""
    text = CompactText(JoinedText.of_line(cell)).text if len(cell) <= LONGEST_CELL else ""
    cumulated = CUMULATED.fullmatch(text)
    found = CELL.fullmatch(cumulated["cell"] if cumulated else text)
    if found is None:
        return None
    lead, rest = found["lead"], found["rest"]
    change = CHANGE.match(lead)
    comparator = COMPARATOR.fullmatch(lead, change.end() if change else 0)
    if not comparator and lead[change.end() if change else 0 :]:
        return None
    bound = BOUND.search(rest)
    unit = rest[: bound.start()] if bound else rest
    if (bound and bound.end() < len(rest)) or not (unit == "" or _is_unit(unit) or _is_multiplier(unit)):
        return None
    if found["unit"] and found["unit"] != unit:
        return None
    value, value_max = number_value(found["value"]), number_value(found["upper"]) if found["upper"] else None
    if value is None or (value_max is not None and value_max <= value):
        return None
    op = operator(
        comparator.lastgroup if comparator else None, bound["bound"] if bound else "", spanned=value_max is not None
    )
    return _Amount(value, value_max, op, unit, change[0] if change else "", cumulated is not None)


def _record(
    path: str, line: int, quote: str, name: str, unit: str, amount: _Amount, deadline: Deadline | None
) -> TargetRecord:
    if _is_multiplier(amount.unit):  # 12万 under 人, or under 万人
        unit = amount.unit + unit.removeprefix(known_units().multiplier(unit, 0))
    elif amount.unit:
        unit = amount.unit
    return TargetRecord(
        path=path,
        line=line,
        quote=quote,
        indicator=name if name.endswith(amount.change) else name + amount.change,
        op=amount.op,
        value=amount.value,
        unit=unit,
        value_max=amount.value_max,
        year=deadline.year if deadline else None,
        year_from=deadline.year_from if deadline else None,
        rule="indicator-table",
        confidence=CONFIDENCE,
    )
