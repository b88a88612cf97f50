"""What a parse must hold before it is loaded: every character in its place, every quote on its line."""

from collections.abc import Iterator, Sequence

from ingest.records import Extracted, ParsedFile, PolicyRecord, WarningRecord

SHOWN = 10  # lines that one message names


class CheckError(Exception):
    """A parse that is not worth loading; the message is Chinese."""


def check(parsed: ParsedFile, lines: Sequence[str]) -> list[WarningRecord]:
    """The promises of RECORDS.md that this parse does not keep, as warnings for an editor.

    Raises CheckError where there is nothing to load.
    """
    if not any(policy.provisions for policy in parsed.policies):
        raise CheckError("没有从中读出任何条款：它可能不是一期《大数据发展动态》，也不是一份政策文件。")
    return [*_unassigned(parsed), *_misquoted(parsed, lines)]


def _unassigned(parsed: ParsedFile) -> Iterator[WarningRecord]:
    missing = parsed.coverage.unassigned_lines
    if missing:
        named = "、".join(str(line) for line in missing[:SHOWN])
        more = "等行" if len(missing) > SHOWN else "行"
        yield WarningRecord("unassigned", missing[0], f"有 {len(missing)} 行没有归属：第 {named} {more}。")


def _misquoted(parsed: ParsedFile, lines: Sequence[str]) -> Iterator[WarningRecord]:
    for policy in parsed.policies:
        for record in _extracted(policy):
            line = lines[record.line - 1] if 1 <= record.line <= len(lines) else ""
            if _compact(record.quote) not in _compact(line):
                message = f"引文“{record.quote[:40]}”不在第 {record.line} 行。"
                yield WarningRecord("misquoted", record.line, message, policy.order)


def _extracted(policy: PolicyRecord) -> Iterator[Extracted]:
    for rows in (policy.targets, policy.responsibilities, policy.obligations, policy.references, policy.observations):
        yield from rows


def _compact(text: str) -> str:
    return "".join(text.split()).replace("**", "")
