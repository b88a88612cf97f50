"""Coverage: every non-blank character of a stored text belongs to one place, in the lines of its policy."""

from collections.abc import Iterator

from ingest.coverage import coverage_of
from policies.models import Doubt, Policy, Source
from policies.verification.check import Check
from policies.verification.texts import portions

SHOWN = 5  # lines that one fault names


def uncovered() -> Iterator[str]:
    """Texts with lines that belong to no place or to several; those aside of which a warning told."""
    told = set(Doubt.objects.filter(code="unassigned").values_list("issue", "policy"))
    for source, policies in _texts():
        beyond = max((segment["end_line"] for segment in source.segments), default=0) - len(source.lines())
        if beyond > 0:
            yield f"{_name(source)}：有部分超出最后一行 {beyond} 行"
            continue
        lines = coverage_of(source).unassigned_lines
        if lines and not any((policy.issue_id, None) in told or (None, pk) in told for pk, policy in policies.items()):
            named = "、".join(map(str, lines[:SHOWN])) + ("等行" if len(lines) > SHOWN else " 行")
            yield f"{_name(source)}：第 {named}不属于任何部分，或属于几个部分（共 {len(lines)} 行）"
        yield from _outside(source, policies)


def _texts() -> Iterator[tuple[Source, dict[int, Policy]]]:
    """Every text with its policies by id."""
    for portion in portions():
        for pk, source in portion.sources.items():
            yield source, {key: policy for key, policy in portion.policies.items() if policy.source_id == pk}


def _outside(source: Source, policies: dict[int, Policy]) -> Iterator[str]:
    """Segments of a document that is not there, or that reach beyond it."""
    by_order = {policy.order: policy for policy in policies.values()}
    for segment in source.segments:
        order, start, end = segment["order"], segment["start_line"], segment["end_line"]
        policy = by_order.get(order)
        if order is not None and (policy is None or not policy.start_line <= start <= end <= policy.end_line):
            yield f"{_name(source)}：第 {start}—{end} 行归于第 {order} 篇，不在它的行里"


def _name(source: Source) -> str:
    return f"原文 {source.pk}（{source.filename}）"


CHECKS = (Check("原文的每个字符都属于且只属于一处", uncovered),)
