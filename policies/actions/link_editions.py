"""Link editions: the same document met again is joined to its neighbour in time, clause by clause."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db import transaction
from django.db.models import Count, Q

from policies.alignment import Clause, align, clause, share_alike
from policies.history import touch
from policies.models import ClauseEdition, Edition, Policy, Provision, Region
from policies.titles import NATION, TitleReader
from policies.turns import take_turn

SAME_TEXT = 0.95  # of the clauses alike, where no day of issue and no number tells
Relation = Edition.Relation
OTHER_DAYS = ("adopted_on", "effective_on")  # an amended text may keep them


@dataclass(frozen=True, slots=True)
class _Text:
    """A policy among the editions of its document; `places` are the regions whose it is, as its title says."""

    policy: Policy
    issuers: frozenset[int]
    places: frozenset[str]

    @property
    def draft(self) -> bool:
        return self.policy.status == Policy.Status.DRAFT

    @property
    def age(self) -> tuple[bool, date, bool, str, int]:
        """Sorts by day, a draft before what else is of its day; without one a draft is first, other texts last.

        Texts of one day have an order too, whichever was loaded first.
        """
        policy, day = self.policy, self.policy.day
        return (day is None and not self.draft, day or date.min, not self.draft, policy.source.sha256, policy.order)

    def is_of_one_document(self, other: "_Text") -> bool:
        """Whether two policies of one name and region are one document; outside laws the issuer must not differ."""
        if self.policy.kind == other.policy.kind == Policy.Kind.LAW:
            return True  # a ministry drafts what the State Council issues
        if self.policy.level == Policy.Level.NONE:
            return bool(self.issuers & other.issuers)
        return not self.issuers or not other.issuers or bool(self.issuers & other.issuers)


@dataclass(frozen=True, slots=True)
class _Link:
    """What an edition is to the next: the relation, and the clauses (earlier, later) with their likeness."""

    relation: str
    clauses: Mapping[tuple[int, int], float]


def link_editions(policy_ids: Iterable[int], *, titles: Iterable[str] = ()) -> int:
    """Link these policies with the editions before and after them; how many links that makes or changes.

    `titles` are title keys of policies that are gone: their neighbours are joined.  Titles' keys must have been
    stored (`resolve_references` does).  What is compared is bounded: two neighbours for each policy.  Links that
    stay as they are keep their rows; the policies of the others count as updated.
    """
    ids = set(policy_ids)
    with transaction.atomic():
        take_turn()
        keys = set(Policy.objects.filter(pk__in=ids).values_list("title_key", flat=True))
        texts = _texts({*keys, *titles} - {""})
        wanted = {
            (one.policy.pk, other.policy.pk): (one, other)
            for group in _documents(texts)
            for one, other in pairwise(group)
        }
        concerned = {text.policy.pk for text in texts} | ids
        there = {
            (edition.earlier_id, edition.later_id): edition
            for edition in Edition.objects.filter(Q(earlier__in=concerned) | Q(later__in=concerned))
        }
        links = _links({key: pair for key, pair in wanted.items() if key not in there or ids & set(key)})
        stored = _stored(edition for key, edition in there.items() if key in links)
        changed = {key: link for key, link in links.items() if stored.get(key) != link}
        gone = {key: edition.pk for key, edition in there.items() if key not in wanted or key in changed}
        Edition.objects.filter(pk__in=gone.values()).delete()
        _store(changed)
        touch({pk for key in (*changed, *gone) for pk in key})
    return len(changed)


def _texts(keys: set[str]) -> list[_Text]:
    """The policies of these title keys that are not alone in having theirs."""
    several = Policy.objects.filter(title_key__in=keys).values("title_key").annotate(count=Count("pk")).order_by()
    shared = [key for key, count in several.values_list("title_key", "count") if count > 1]
    if not shared:
        return []
    reader = TitleReader(Region.objects.values_list("code", "name", "short_name"))
    rows = Policy.objects.filter(title_key__in=shared).select_related("issue", "source").prefetch_related("issuers")
    return [
        _Text(
            policy,
            frozenset(issuer.agency_id for issuer in policy.issuers.all()),
            reader.read(policy.title).places or frozenset({policy.region_id or NATION}),
        )
        for policy in rows.defer("source__text", "source__segments")
    ]


def _documents(texts: Iterable[_Text]) -> Iterator[list[_Text]]:
    """The texts by document: of one name, one region, and where that counts one issuer."""
    named: defaultdict[tuple[str, frozenset[str]], list[list[_Text]]] = defaultdict(list)
    for text in sorted(texts, key=lambda text: text.age):
        groups = named[text.policy.title_key, text.places]
        group = next((group for group in groups if text.is_of_one_document(group[-1])), None)
        if group is None:
            groups.append([text])
        else:
            group.append(text)
    for groups in named.values():
        yield from groups


def _links(pairs: Mapping[tuple[int, int], tuple[_Text, _Text]]) -> dict[tuple[int, int], _Link]:
    """What each of these pairs, by the ids of their policies, is to the other."""
    clauses = _clauses({pk for key in pairs for pk in key})
    links = {}
    for key, (earlier, later) in pairs.items():
        one, other = (clauses[pk] for pk in key)
        aligned = align(one, other)
        share = share_alike(aligned, len(one), len(other))
        alike = {(pair.earlier, pair.later): pair.similarity for pair in aligned}
        links[key] = _Link(_relation(earlier, later, share), alike)
    return links


def _stored(editions: Iterable[Edition]) -> dict[tuple[int, int], _Link]:
    """The links that the base has, as `_links` tells them."""
    editions = list(editions)
    clauses: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    rows = ClauseEdition.objects.filter(edition__in=editions)
    for edition, earlier, later, similarity in rows.values_list("edition", "earlier", "later", "similarity"):
        clauses[edition][earlier, later] = similarity
    return {(e.earlier_id, e.later_id): _Link(e.relation, clauses[e.pk]) for e in editions}


def _store(links: Mapping[tuple[int, int], _Link]) -> None:
    editions = Edition.objects.bulk_create(
        Edition(earlier_id=earlier, later_id=later, relation=link.relation) for (earlier, later), link in links.items()
    )
    ClauseEdition.objects.bulk_create(
        (
            ClauseEdition(edition=edition, earlier_id=earlier, later_id=later, similarity=similarity)
            for edition, link in zip(editions, links.values(), strict=True)
            for (earlier, later), similarity in link.clauses.items()
        ),
        batch_size=1000,
    )


def _clauses(policy_ids: set[int]) -> defaultdict[int, list[Clause]]:
    found: defaultdict[int, list[Clause]] = defaultdict(list)
    rows = Provision.objects.standing().filter(policy__in=policy_ids).exclude(text="", tail="")
    rows = rows.order_by("policy_id", "position")
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
    dated = bool(one.issued_on and other.issued_on)
    if (dated and one.issued_on == other.issued_on) or (one.doc_number and one.doc_number == other.doc_number):
        return Relation.SAME
    days = [(getattr(one, name), getattr(other, name)) for name in OTHER_DAYS]
    compared = [left == right for left, right in days if left and right]
    differ = not any(compared) if compared else dated
    return Relation.REVISED if differ or alike < (1 if dated else SAME_TEXT) else Relation.SAME
