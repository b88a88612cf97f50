"""Warnings stand in their issue and policy, on a line that says what they say."""

from collections.abc import Iterator

from policies.models import Doubt
from policies.models.doubt import STANDING
from policies.verification.check import Check, asked
from policies.verification.texts import texts

APART = """
SELECT doubt.id, doubt.line, policy.slug FROM policies_doubt doubt JOIN policies_policy policy
ON policy.id = doubt.policy_id
WHERE doubt.issue_id IS NOT NULL AND policy.issue_id IS DISTINCT FROM doubt.issue_id ORDER BY doubt.id
"""


def apart() -> Iterator[str]:
    """Warnings of an issue and of a policy that is not in it."""
    for pk, line, slug in asked(APART):
        yield f"提示 {pk}（第 {line} 行）：政策 {slug} 不在它的那一期里"


def other_words() -> Iterator[str]:
    """Warnings whose line reads otherwise; those of decisions aside, which speak of an older text."""
    for source, policies in texts():
        lines = source.lines()
        issues = {policy.issue_id for policy in policies.values()} - {None}
        there = Doubt.objects.exclude(code__in=STANDING)
        rows = there.filter(issue__in=issues) | there.filter(issue=None, policy__in=policies)
        for pk, line, words in rows.order_by("pk").values_list("pk", "line", "words"):
            if words != (lines[line - 1] if 1 <= line <= len(lines) else ""):
                yield f"{source}第 {line} 行：提示 {pk} 所引的原文不是这一行"


CHECKS = (
    Check("提示的期和政策相符", apart),
    Check("提示所引的原文在原文的那一行", other_words),
)
