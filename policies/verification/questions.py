"""Warnings stand in their issue and policy, on a line that says what they say."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models.functions import Coalesce

from policies.models import Doubt, Source
from policies.models.doubt import STANDING
from policies.verification.check import Check, asked
from policies.verification.texts import AT_ONCE

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
    asked_of: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    rows = Doubt.objects.exclude(code__in=STANDING).annotate(text=Coalesce("issue__source", "policy__source"))
    for source, pk, line, words in rows.order_by("pk").values_list("text", "pk", "line", "words"):
        asked_of[source].append((pk, line, words))
    for source in Source.objects.filter(pk__in=asked_of).order_by("pk").iterator(chunk_size=AT_ONCE):
        lines = source.lines()
        for pk, line, words in asked_of[source.pk]:
            if words != (lines[line - 1] if 1 <= line <= len(lines) else ""):
                yield f"{source}第 {line} 行：提示 {pk} 所引的原文不是这一行"


CHECKS = (
    Check("提示的期和政策相符", apart),
    Check("提示所引的原文在原文的那一行", other_words),
)
