"""Every record's line and words are those of the printed text, and its clause is around them."""

from collections.abc import Iterator
from typing import Any

from policies.lines import squeezed
from policies.models import (
    Doubt,
    Figure,
    Obligation,
    Observation,
    Reference,
    Responsibility,
    Table,
    Target,
)
from policies.verification.check import Check, asked, place
from policies.verification.texts import portions

QUOTED: tuple[Any, ...] = (Target, Responsibility, Obligation, Observation, Reference)
SHOWN = 30  # characters of a quote
BOLD = "**"  # Markdown's, which quotes leave out

OUTSIDE = """
SELECT policy.slug, clause.eid, record.id, record.line FROM {table} record
JOIN policies_policy policy ON policy.id = record.policy_id
LEFT JOIN policies_provision clause ON clause.id = record.provision_id
WHERE record.line NOT BETWEEN policy.start_line AND policy.end_line
   OR record.line NOT BETWEEN clause.start_line AND clause.end_line ORDER BY record.id
"""
BEYOND = """
SELECT policy.slug, policy.end_line FROM policies_policy policy
JOIN policies_source source ON source.id = policy.source_id
WHERE policy.start_line < 1
   OR policy.end_line > length(source.text) - length(replace(source.text, chr(10), '')) + 1 ORDER BY policy.id
"""


def misquoted() -> Iterator[str]:
    """Records whose quote is not on their line; those aside of which a warning told when they were read."""
    told = set(Doubt.objects.filter(code="misquoted").values_list("policy", "line"))
    for portion in portions():
        for model in QUOTED:
            rows = model.objects.filter(policy__in=portion.policies).order_by("pk")
            for pk, policy, line, quote in rows.values_list("pk", "policy_id", "line", "quote"):
                if _stands_in(quote, portion.lines_of(policy), line) or (policy, line) in told:
                    continue
                where = place(portion.policies[policy].slug, line=line)
                yield f"{where}：{model._meta.verbose_name} {pk} 的引文“{quote[:SHOWN]}”不在这一行"


def _stands_in(quote: str, lines: list[str], line: int) -> bool:
    if not 1 <= line <= len(lines):
        return False
    printed = lines[line - 1]
    return quote in printed or squeezed(quote).replace(BOLD, "") in squeezed(printed).replace(BOLD, "")


def outside() -> Iterator[str]:
    """Records whose line is outside their policy or their clause."""
    for model in (*QUOTED, Table, Figure):
        for slug, eid, pk, line in asked(OUTSIDE.format(table=model._meta.db_table)):
            yield f"{place(slug, eid, line)}：{model._meta.verbose_name} {pk} 的行不在政策或条款之内"


def beyond_the_text() -> Iterator[str]:
    """Policies whose lines their text does not have."""
    for slug, line in asked(BEYOND):
        yield f"{place(slug, line=line)}：政策的行超出原文"


CHECKS = (
    Check("政策的行在原文之内", beyond_the_text),
    Check("记录的引文在原文的那一行里", misquoted),
    Check("记录的行在政策和条款之内", outside),
)
