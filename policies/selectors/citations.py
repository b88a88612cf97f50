"""What a policy cites, and its other editions, as far as a user may read them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from policies.models import ClauseEdition, Edition, Policy, Reference

Relation = Edition.Relation


@dataclass(frozen=True, slots=True)
class OtherEdition:
    """Another edition of a policy: `name` says what it is to it, `clauses` which clause became which."""

    name: str
    relation: str
    later: bool
    policy: Policy
    clauses: list[ClauseEdition]


def citations_of(policy: Policy, user) -> list[Reference]:
    """The policy's references in the order of the text; what they cite is None where `user` may not read it."""
    rows = (
        policy.reference_set.standing()
        .select_related("provision", "cited_policy", "cited_clause")
        .order_by("line", "pk")
    )
    return [without_unreadable(reference, user) for reference in rows]


def without_unreadable(reference: Reference, user) -> Reference:
    """The reference, not saying what it cites if `user` may not read that.  `cited_policy` must have been read."""
    if reference.cited_policy and not reference.cited_policy.is_visible_to(user):
        reference.cited_policy = reference.cited_clause = None
        reference.cited_fragment = ""
    return reference


def editions_of(policy: Policy, user, *, with_clauses: bool = False) -> list[OtherEdition]:
    """The editions next to a policy that `user` may read, the earlier first; their clauses only where asked for."""
    readable = Policy.objects.visible_to(user)
    rows: QuerySet[Edition] = (
        Edition.objects.filter(Q(earlier=policy, later__in=readable) | Q(later=policy, earlier__in=readable))
        .select_related("earlier__issue", "later__issue", "earlier__region", "later__region")
        .order_by("pk")
    )
    clauses: defaultdict[int, list[ClauseEdition]] = defaultdict(list)
    if with_clauses:
        pairs = ClauseEdition.objects.filter(edition__in=rows).select_related("earlier", "later")
        for pair in pairs.order_by("edition_id", "later__position"):
            clauses[pair.edition_id].append(pair)
    found = [_other(edition, policy, clauses[edition.pk]) for edition in rows]
    return sorted(found, key=lambda other: other.later)


def _other(edition: Edition, policy: Policy, clauses: list[ClauseEdition]) -> OtherEdition:
    later = edition.earlier_id == policy.pk
    other = edition.later if later else edition.earlier
    if edition.relation == Relation.SAME:
        name = "同一文本"
    elif other.status == Policy.Status.DRAFT:
        name = "征求意见稿"
    elif edition.relation == Relation.DRAFT_OF:
        name = "正式文本"
    else:
        name = "修订后的文本" if later else "修订前的文本"
    return OtherEdition(name, edition.relation, later, other, clauses)
