"""Link editions: the same document met again is joined to its neighbour in time, clause by clause."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from policies.alignment import Aligned, Clause, align, clause, share_alike
from policies.models import ClauseEdition, Edition, Policy, Provision
from policies.titles import NATION

SAME_TEXT = 0.95  # of the clauses alike, where no day and no number tells
Relation = Edition.Relation
DAYS = ("issued_on", "adopted_on", "effective_on")


@dataclass(frozen=True, slots=True)
class _Text:
    """A policy among the editions of its document."""

    policy: Policy
    issuers: frozenset[int]

    @property
    def draft(self) -> bool:
        return self.policy.status == Policy.Status.DRAFT

    @property
    def age(self) -> tuple[bool, date, bool, int]:
        """Sorts by day, a draft before what else is of its day; without one a draft is first, other texts last."""
        day = self.policy.day
        return (day is None and not self.draft, day or date.min, not self.draft, self.policy.pk)

    def is_of_one_document(self, other: "_Text") -> bool:
        """Whether two policies of one name and region are one document; outside laws the issuer must not differ."""
        if self.policy.kind == other.policy.kind == Policy.Kind.LAW:
            return True  # a ministry drafts what the State Council issues
        if self.policy.level == Policy.Level.NONE:
            return bool(self.issuers & other.issuers)
        return not self.issuers or not other.issuers or bool(self.issuers & other.issuers)


def link_editions(policy_ids: Iterable[int], *, titles: Iterable[str] = ()) -> int:
    """Link these policies with the editions before and after them; how many links that makes.

    `titles` are title keys of policies that are gone: their neighbours are joined.  Titles' keys must have been
    stored (`resolve_references` does).  What is compared is bounded: two neighbours for each policy.
    """
    ids = set(policy_ids)
    with transaction.atomic():
        keys = set(Policy.objects.filter(pk__in=ids).values_list("title_key", flat=True))
        texts = _texts({*keys, *titles} - {""})
        wanted = {
            (one.policy.pk, other.policy.pk): (one, other)
            for group in _documents(texts)
            for one, other in pairwise(group)
        }
        concerned = {text.policy.pk for text in texts} | ids
        there = {
            (edition.earlier_id, edition.later_id): edition.pk
            for edition in Edition.objects.filter(Q(earlier__in=concerned) | Q(later__in=concerned))
        }
        kept = {pair for pair in there if pair in wanted and not ids & set(pair)}
        Edition.objects.filter(pk__in=[pk for pair, pk in there.items() if pair not in kept]).delete()
        new = [pair for key, pair in wanted.items() if key not in kept]
        _link(new)
    return len(new)


def _texts(keys: set[str]) -> list[_Text]:
    rows = Policy.objects.filter(title_key__in=keys).select_related("issue").prefetch_related("issuers")
    return [_Text(policy, frozenset(issuer.agency_id for issuer in policy.issuers.all())) for policy in rows]


def _documents(texts: Iterable[_Text]) -> Iterator[list[_Text]]:
    """The texts by document: of one name, one region, and where that counts one issuer."""
    named: defaultdict[tuple[str, str], list[list[_Text]]] = defaultdict(list)
    for text in sorted(texts, key=lambda text: text.age):
        groups = named[text.policy.title_key, text.policy.region_id or NATION]
        group = next((group for group in groups if text.is_of_one_document(group[-1])), None)
        if group is None:
            groups.append([text])
        else:
            group.append(text)
    for groups in named.values():
        yield from groups


def _link(pairs: Sequence[tuple[_Text, _Text]]) -> None:
    clauses = _clauses({text.policy.pk for pair in pairs for text in pair})
    editions, links = [], []
    for earlier, later in pairs:
        one, other = clauses[earlier.policy.pk], clauses[later.policy.pk]
        aligned = align(one, other)
        share = share_alike(aligned, len(one), len(other))
        editions.append(Edition(earlier=earlier.policy, later=later.policy, relation=_relation(earlier, later, share)))
        links.append(aligned)
    Edition.objects.bulk_create(editions)
    ClauseEdition.objects.bulk_create(
        (_clause_edition(edition, pair) for edition, found in zip(editions, links, strict=True) for pair in found),
        batch_size=1000,
    )


def _clause_edition(edition: Edition, pair: Aligned) -> ClauseEdition:
    return ClauseEdition(edition=edition, earlier_id=pair.earlier, later_id=pair.later, similarity=pair.similarity)


def _clauses(policy_ids: set[int]) -> defaultdict[int, list[Clause]]:
    found: defaultdict[int, list[Clause]] = defaultdict(list)
    rows = Provision.objects.filter(policy__in=policy_ids).exclude(text="", tail="").order_by("policy_id", "position")
    for provision in rows.only("policy_id", "eid", "heading", "text", "tail"):
        found[provision.policy_id].append(clause(provision.pk, provision.eid, provision.words()))
    return found


def _relation(earlier: _Text, later: _Text, alike: float) -> Relation:
    """What the later text is to the earlier one; `alike` is the share of their clauses that agree."""
    if earlier.draft and not later.draft:
        return Relation.DRAFT_OF
    if later.draft and not earlier.draft:
        return Relation.REVISED
    one, other = earlier.policy, later.policy
    days = [(getattr(one, name), getattr(other, name)) for name in DAYS]
    compared = [left == right for left, right in days if left and right]
    if any(compared) or (one.doc_number and one.doc_number == other.doc_number):
        return Relation.SAME
    return Relation.REVISED if compared or alike < SAME_TEXT else Relation.SAME
