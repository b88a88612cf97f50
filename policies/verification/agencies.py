"""Merged agencies lead to one that is there and keep nothing; lists of agencies are numbered through."""

from collections.abc import Iterator

from policies.verification.check import Check, asked, place

CHAINED = """
SELECT one.id, one.name, other.name FROM policies_agency one JOIN policies_agency other ON other.id = one.merged_into_id
WHERE other.merged_into_id IS NOT NULL ORDER BY one.id
"""
KEPT = """
SELECT id, name FROM policies_agency merged WHERE merged_into_id IS NOT NULL AND (
    EXISTS (SELECT FROM policies_issuer WHERE agency_id = merged.id)
    OR EXISTS (SELECT FROM policies_responsibleagency WHERE agency_id = merged.id)
    OR EXISTS (SELECT FROM policies_agencyname WHERE agency_id = merged.id)
    OR EXISTS (SELECT FROM policies_succession WHERE merged.id IN (predecessor_id, successor_id))) ORDER BY id
"""
ISSUERS = """
SELECT policy.slug, array_agg(position ORDER BY position) FROM policies_issuer issuer
JOIN policies_policy policy ON policy.id = issuer.policy_id GROUP BY policy.slug
HAVING (min(position), max(position), count(DISTINCT position)) <> (1, count(*), count(*))
"""


def merged_badly() -> Iterator[str]:
    """Merged agencies that lead to a merged one, or still have something."""
    for pk, name, other in asked(CHAINED):
        yield f"部门 {pk}“{name}”并入了“{other}”，而它自己也已并入别的部门"
    for pk, name in asked(KEPT):
        yield f"部门 {pk}“{name}”已并入别的部门，却还有记录、名称或沿革"


def issuers_misnumbered() -> Iterator[str]:
    """Policies whose issuers are not numbered from 1."""
    for slug, positions in asked(ISSUERS):
        yield f"{place(slug)}：发布机关的次序是 {positions}"


CHECKS = (
    Check("并入别处的部门指向现有的部门，自己没有记录", merged_badly),
    Check("发布机关依次编号", issuers_misnumbered),
)
