"""What an editor should look at in a parse: broken promises, and what is read well but hardly true.

`docs/warnings.md` lists every code.  Gaps in the numbering are found where the outline is built (`gaps`), what
contents and body do not share where documents are cut (`listing`).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ingest.parsing.refusals import is_index
from ingest.parsing.titles import AGENCY_END
from ingest.records import Extracted, ParsedFile, PolicyRecord, ProvisionRecord, WarningRecord

SHOWN = 10  # lines that one message names
QUOTED = 40  # characters of a quote that a message shows
EARLIEST, LATEST = -1, 50  # years of a target, from that of its document
LONGEST_PERIOD = 30  # years
LONGEST_WAIT = 3 * 366  # days between issue and effect
NUMBERED = ("section", "item")
POINT = re.compile(r"[\s#*>]*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?(?P<mark>[、.．])")
# 市数据局 of a document without a region: nobody knows whose; 市场监管局 is another word
WHOSE = re.compile(r"(?:省|市(?![场政])|县|区(?!域)|州|盟|旗)")
OTHER_END = re.compile(r"(?:组|专班|联席会议|站|所|校|大学|学院|银行|馆|台)$")


def check(parsed: ParsedFile, lines: Sequence[str]) -> Iterator[WarningRecord]:
    """Warnings about a whole parse of `lines`, policy by policy."""
    yield from _unassigned(parsed)
    published = parsed.issue.published_on if parsed.issue else None
    for policy in parsed.policies:
        found = (
            *_misquoted(policy, lines),
            *_dates(policy, published),
            *_targets(policy, published),
            *_agencies(policy),
            *_marks(policy.provisions, lines),
        )
        for warning in found:
            warning.order = policy.order
            yield warning


def _unassigned(parsed: ParsedFile) -> Iterator[WarningRecord]:
    missing = parsed.coverage.unassigned_lines
    if missing:
        named = "、".join(str(line) for line in missing[:SHOWN])
        more = "等行" if len(missing) > SHOWN else "行"
        yield WarningRecord("unassigned", missing[0], f"有 {len(missing)} 行没有归属：第 {named} {more}。")


def _misquoted(policy: PolicyRecord, lines: Sequence[str]) -> Iterator[WarningRecord]:
    number, line = 0, ""  # the last line that was read, for many quotes may stand on one
    for record in sorted(_extracted(policy), key=lambda record: record.line):
        if record.line != number:
            number = record.line
            line = _compact(lines[number - 1]) if 1 <= number <= len(lines) else ""
        if _compact(record.quote) not in line:
            yield WarningRecord("misquoted", record.line, f"引文“{record.quote[:QUOTED]}”不在第 {record.line} 行。")


def _extracted(policy: PolicyRecord) -> Iterator[Extracted]:
    for rows in (policy.targets, policy.responsibilities, policy.obligations, policy.references, policy.observations):
        yield from rows


def _compact(text: str) -> str:
    return "".join(text.split()).replace("**", "")


def _dates(policy: PolicyRecord, published: date | None) -> Iterator[WarningRecord]:
    """Days out of their order: adopted, issued, in effect; and nothing after the digest that prints it."""
    adopted, issued, effective = policy.adopted_on, policy.issued_on, policy.effective_on
    days = (("通过", adopted), ("发布", issued))
    doubts = [
        f"{name}日期 {day} 晚于本期的出版日期 {published}"
        for name, day in days
        if day and published and day > published
    ]
    if adopted and issued and adopted > issued:
        doubts.append(f"通过日期 {adopted} 晚于发布日期 {issued}")
    if adopted and effective and effective < adopted:
        doubts.append(f"施行日期 {effective} 早于通过日期 {adopted}")
    if issued and effective and (effective - issued).days > LONGEST_WAIT:
        doubts.append(f"施行日期 {effective} 比发布日期 {issued} 晚三年以上")
    for doubt in doubts:
        yield WarningRecord("date-doubtful", policy.start_line, f"{doubt}，可能读错，请核对原文。")
    start, end = policy.period or (0, 0)
    if end - start > LONGEST_PERIOD:
        message = f"规划期 {start}—{end} 长达 {end - start} 年，可能读错，请核对标题和原文。"
        yield WarningRecord("period-doubtful", policy.start_line, message)


def _targets(policy: PolicyRecord, published: date | None) -> Iterator[WarningRecord]:
    day = policy.issued_on or policy.adopted_on or published
    for target in policy.targets:
        if not target.unit and not is_index(target.indicator):
            message = f"目标“{target.quote[:QUOTED]}”没有读出单位，请核对原文里的数字和单位。"
            yield WarningRecord("target-no-unit", target.line, message)
        if day and target.year and not EARLIEST <= target.year - day.year <= LATEST:
            message = f"目标“{target.quote[:QUOTED]}”的年份 {target.year} 与文件的年份 {day.year} 不合，请核对原文。"
            yield WarningRecord("target-year", target.line, message)


def _agencies(policy: PolicyRecord) -> Iterator[WarningRecord]:
    """Names of responsible agencies that lead to no agency, each once."""
    told: set[str] = set()
    for responsibility in policy.responsibilities:
        for agency in responsibility.agencies:
            name = agency.canonical
            named = (AGENCY_END.search(name) or OTHER_END.search(name)) and not WHOSE.match(name)
            if agency.known or agency.group or named or name in told:
                continue
            told.add(name)
            message = f"不知道“{agency.name}”是哪个地区的哪个部门，照原文收录；请核对，或在部门名录中补上。"
            yield WarningRecord("agency-unresolved", responsibility.line, message)


def _marks(provisions: Sequence[ProvisionRecord], lines: Sequence[str]) -> Iterator[WarningRecord]:
    """Lists numbered 1. and 2、, which may be two lists run together; each list once."""
    marks: dict[tuple[str, str], tuple[str, str]] = {}
    told: set[tuple[str, str]] = set()
    for provision in provisions:
        line = lines[provision.start_line - 1] if 1 <= provision.start_line <= len(lines) else ""
        point = POINT.match(line) if provision.type in NUMBERED else None
        if point is None:
            continue
        siblings = (provision.eid.rpartition("__")[0], provision.type)
        mark, printed = point["mark"].replace("．", "."), point[0].strip(" #*>\t\u3000")
        before, example = marks.setdefault(siblings, (mark, printed))
        if mark != before and siblings not in told:
            told.add(siblings)
            message = f"同一层编号，前面写作“{example}”，这里写作“{printed}”：可能是两组编号混在一起，请核对层级。"
            yield WarningRecord("number-style", provision.start_line, message)
