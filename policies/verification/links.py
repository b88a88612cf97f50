"""What linking finds, citations and editions, agrees with itself and with the titles."""

from collections.abc import Iterator

from django.db import transaction

from policies.actions.link_editions import link_editions
from policies.actions.resolve_references import resolve_references
from policies.models import Policy, Reference, Region
from policies.titles import TitleReader
from policies.verification.check import Check, asked, place

CITED_ELSEWHERE = """
SELECT policy.slug, reference.line, reference.id, reference.policy_id FROM policies_reference reference
JOIN policies_policy policy ON policy.id = reference.policy_id
JOIN policies_provision cited ON cited.id = reference.cited_clause_id
WHERE cited.policy_id <> coalesce(reference.cited_policy_id, reference.policy_id) ORDER BY reference.id
"""
CITED_OTHER = """
SELECT policy.slug, reference.line, reference.id, reference.policy_id FROM policies_reference reference
JOIN policies_policy policy ON policy.id = reference.policy_id
JOIN policies_policy cited ON cited.id = reference.cited_policy_id
WHERE reference.title_key NOT IN ('', cited.title_key) ORDER BY reference.id
"""
EDITIONS = """
SELECT earlier.slug, later.slug, earlier.id, later.id FROM policies_edition edition
JOIN policies_policy earlier ON earlier.id = edition.earlier_id
JOIN policies_policy later ON later.id = edition.later_id
WHERE earlier.title_key <> later.title_key OR earlier.title_key = '' OR EXISTS (
    SELECT FROM policies_clauseedition pair JOIN policies_provision one ON one.id = pair.earlier_id
    JOIN policies_provision other ON other.id = pair.later_id
    WHERE pair.edition_id = edition.id AND (one.policy_id, other.policy_id) <> (earlier.id, later.id))
ORDER BY edition.id
"""
AT_ONCE = 200  # policies that are linked together

Fault = tuple[str, set[int]]  # what is wrong, and the policies to link anew


def astray() -> Iterator[str]:
    """Titles' keys that are not the titles', citations of a clause of another policy, editions of other documents."""
    return (said for said, _ in _astray())


def _astray() -> Iterator[Fault]:
    reader = TitleReader(Region.objects.values_list("code", "name", "short_name"))
    for pk, slug, title, key in Policy.objects.order_by("pk").values_list("pk", "slug", "title", "title_key"):
        if reader.read(title).key != key:
            yield f"{place(slug)}：标题（归一）不是由标题得出的", {pk}
    known: dict[str, str] = {}
    rows = Reference.objects.order_by("pk").values_list("pk", "policy_id", "policy__slug", "line", "title", "title_key")
    for pk, policy, slug, line, title, key in rows.iterator():
        if title not in known:
            known[title] = reader.read(title).key if title else ""
        if known[title] != key:
            yield f"{place(slug, line=line)}：引用 {pk} 的文件（归一）不是由文件名得出的", {policy}
    for slug, line, pk, policy in asked(CITED_ELSEWHERE):
        yield f"{place(slug, line=line)}：引用 {pk} 所引的条款不在所引的政策里", {policy}
    for slug, line, pk, policy in asked(CITED_OTHER):
        yield f"{place(slug, line=line)}：引用 {pk} 所引的政策不是这个文件", {policy}
    for earlier, later, *policies in asked(EDITIONS):
        yield f"{place(earlier)}与{place(later)}：不是同一文件的版本，或条款不属于它们", set(policies)


def link_anew() -> None:
    """Find anew what the policies at fault cite, who cites them, and their editions."""
    with transaction.atomic():
        ids = sorted({pk for _, policies in _astray() for pk in policies})
        for start in range(0, len(ids), AT_ONCE):
            resolve_references(ids[start : start + AT_ONCE])
            link_editions(ids[start : start + AT_ONCE])


CHECKS = (Check("引用和版本与所指的文件相符", astray, link_anew),)
