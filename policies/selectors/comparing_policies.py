"""Two to four policies side by side: their facts, texts, topics, targets and agencies."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.db.models import Case, Count, F, Prefetch, Q, Value, When

from policies.models import Agency, Edition, Issuer, Policy, Provision, ResponsibleAgency, Target, Topic
from policies.models.publication import Publishable
from policies.selectors.comparing_texts import Outlines, Versions, in_order, outlines, versions
from policies.selectors.policies import listed_policies
from policies.selectors.records import standing_targets, standing_tasks

MOST = 4
SIGNS = "甲乙丙丁"
EDITIONS_SHOWN = 10
SLUG = re.compile(r"[-\w]{1,120}")


@dataclass(frozen=True, slots=True)
class Asked:
    """The policies asked for, in the order asked, and the slugs that name none which the user may read."""

    policies: list[Policy]
    missing: list[str]


@dataclass
class Side:
    """One of the policies compared, with the sign that it goes by on the page."""

    sign: str
    policy: Policy
    provisions: list[Provision]
    targets: list[Target] = field(default_factory=list)
    tasks: list[ResponsibleAgency] = field(default_factory=list)

    @cached_property
    def address(self) -> str:
        """The policy's, which the page says with every clause."""
        return self.policy.get_absolute_url()

    @property
    def clauses(self) -> int:
        return sum(bool(row.words()) for row in self.provisions)


@dataclass(frozen=True, slots=True)
class Row:
    """What the policies say about one thing; a cell for each, empty where it says nothing.

    The row without a name is of all things that only one of them speaks of.
    """

    name: str
    cells: list[list]

    @property
    def shared(self) -> int:
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Doer:
    """An agency and the clauses that give it a role."""

    agency: Agency
    role: str
    clauses: list[Provision | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Either `versions` of one text or `outlines` of several; what most policies have comes first in rows."""

    sides: list[Side]
    versions: Versions | None
    outlines: Outlines | None
    topics: list[Row]
    targets: list[Row]
    agencies: list[Row]


def asked_for(slugs: Iterable[str], user) -> Asked:
    wanted = list(dict.fromkeys(slugs))
    policies = (
        Policy.objects.visible_to(user)
        .filter(slug__in=[slug for slug in wanted if SLUG.fullmatch(slug)])
        .select_related("region", "issue")
        .prefetch_related("topics", Prefetch("issuers", Issuer.objects.select_related("agency")))
    )
    found = {policy.slug: policy for policy in policies}
    return Asked([found[slug] for slug in wanted if slug in found], [slug for slug in wanted if slug not in found])


def compare(policies: Sequence[Policy], user) -> Comparison:
    """Everything that the page shows of two to four policies, in a fixed number of queries.

    Rejected rows are left out.  Of two versions of one text the earlier stands first, whichever was asked for first.
    """
    sides = _sides(policies, user)
    found = None
    if len(sides) == 2:
        ordered = sides if in_order(policies) else [sides[1], sides[0]]
        found = versions([(side.policy, side.provisions) for side in ordered])
        if found:
            sides = [
                Side(sign, side.policy, side.provisions, side.targets, side.tasks)
                for sign, side in zip(SIGNS, ordered, strict=False)
            ]
    return Comparison(
        sides,
        found,
        None if found else outlines([(side.policy, side.provisions) for side in sides]),
        [] if found else _topics(sides),
        _targets(sides),
        _agencies(sides),
    )


def suggested(policies: Sequence[Policy], user, words: str = "", topic: Topic | None = None) -> Publishable:
    """Policies to compare with these: those of `topic` whose title holds `words`; without either, other editions
    first, then those of the same kind that share most topics.
    """
    rows = listed_policies(user).exclude(pk__in=[policy.pk for policy in policies])
    if words or topic:
        for word in words.split():
            rows = rows.filter(title__icontains=word)
        return rows.filter(topics=topic) if topic else rows
    keys = {policy.title_key for policy in policies} - {""}
    topics = {topic.pk for policy in policies for topic in policy.topics.all()}
    kinds = {policy.kind for policy in policies}
    rows = rows.annotate(
        same=Case(When(title_key__in=keys, then=Value(1)), default=Value(0)),
        topics_shared=Count("topics", filter=Q(topics__in=topics)),
    ).filter(Q(same=1) | Q(kind__in=kinds, topics_shared__gt=0))
    return rows.order_by("-same", "-topics_shared", F("of_year").desc(nulls_last=True), "pk")


def recent_editions(user) -> list[Edition]:
    """Versions of one text that wait to be compared, the last linked first."""
    readable = Policy.objects.visible_to(user)
    rows = Edition.objects.filter(earlier__in=readable, later__in=readable).exclude(relation=Edition.Relation.SAME)
    return list(rows.select_related("earlier", "later").order_by("-pk")[:EDITIONS_SHOWN])


def _sides(policies: Sequence[Policy], user) -> list[Side]:
    sides = {policy.pk: Side(sign, policy, []) for sign, policy in zip(SIGNS, policies, strict=False)}
    provisions = Provision.objects.standing().filter(policy__in=sides)
    for row in provisions.order_by("policy_id", "position"):
        sides[row.policy_id].provisions.append(row)
    targets = standing_targets(user).filter(policy__in=sides).select_related("provision")
    for target in targets.defer("provision__text", "provision__tail").order_by("policy_id", "line", "pk"):
        sides[target.policy_id].targets.append(target)
    tasks = standing_tasks(user).filter(responsibility__policy__in=sides).order_by("responsibility__line", "pk")
    for task in tasks.select_related("agency__region", "responsibility__provision"):
        sides[task.responsibility.policy_id].tasks.append(task)
    return list(sides.values())


def _rows(sides: Sequence[Side], found: dict) -> list[Row]:
    """`found` has for each key a name and the things of each side by the side's place; most shared rows first."""
    rows = [Row(name, [cells.get(place, []) for place in range(len(sides))]) for name, cells in found.values()]
    return sorted(rows, key=lambda row: -row.shared)  # keeps the order of the first text that has it


def _with_one_for_the_rest(rows: list[Row]) -> list[Row]:
    """The rows that several policies share, and one without a name for all that single ones have."""
    shared = [row for row in rows if row.shared > 1]
    rest = [list(chain.from_iterable(cells)) for cells in zip(*(row.cells for row in rows[len(shared) :]), strict=True)]
    return [*shared, Row("", rest)] if rest else shared


def _topics(sides: Sequence[Side]) -> list[Row]:
    names = dict(Topic.objects.values_list("slug", "name"))
    found: dict[str, tuple[str, defaultdict[int, list]]] = {}
    for place, side in enumerate(sides):
        for row in side.provisions:
            for slug in row.topics:
                if slug in names:
                    found.setdefault(slug, (names[slug], defaultdict(list)))[1][place].append(row)
    return _rows(sides, found)


def _targets(sides: Sequence[Side]) -> list[Row]:
    """Targets of one indicator and one base unit stand in one row, whatever verb stands before it."""
    found: dict[tuple[str, str], tuple[str, defaultdict[int, list]]] = {}
    for place, side in enumerate(sides):
        for target in side.targets:
            about = target.indicator_core or target.indicator
            row = found.setdefault((about, target.base_unit or ""), (target.indicator, defaultdict(list)))
            row[1][place].append(target)
    return _with_one_for_the_rest(_rows(sides, found))


def _agencies(sides: Sequence[Side]) -> list[Row]:
    """Agencies of one name but for the policies' regions stand in one row: 青川省财政厅 beside 云岭省财政厅."""
    found: dict[str, tuple[str, defaultdict[int, list]]] = {}
    for place, side in enumerate(sides):
        doers: dict[tuple[int, str], Doer] = {}
        for task in side.tasks:
            name = _office(task.agency, side.policy)
            doer = doers.get((task.agency_id, task.role))
            if doer is None:
                doer = doers[task.agency_id, task.role] = Doer(task.agency, task.get_role_display(), [])
                found.setdefault(name, (name, defaultdict(list)))[1][place].append(doer)
            if task.responsibility.provision not in doer.clauses:
                doer.clauses.append(task.responsibility.provision)
    return _with_one_for_the_rest(_rows(sides, found))


def _office(agency: Agency, policy: Policy) -> str:
    """What an agency of the policy's own region is called without it: 财政厅."""
    if agency.region and agency.region_id == policy.region_id:
        return agency.name.removeprefix(agency.region.name) or agency.name
    return agency.name
