"""Policies and what stands in them, counted by region, year, topic …, or by agency."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from policies.models import Agency, Issuer, Policy, Provision, Region, ResponsibleAgency, Target, Topic
from policies.selectors.policies import with_year
from policies.selectors.profiles import NATION


@dataclass(slots=True)
class Counts:
    """How many policies, clauses, targets and tasks (agencies named in responsibilities) there are."""

    policies: int = 0
    clauses: int = 0
    targets: int = 0
    tasks: int = 0

    def add(self, other: "Counts") -> None:
        self.policies += other.policies
        self.clauses += other.clauses
        self.targets += other.targets
        self.tasks += other.tasks


@dataclass(frozen=True, slots=True)
class Group:
    """`value` is the code, slug, id or year, None where a policy has none; `label` is it in words."""

    value: str | None
    label: str
    counts: Counts


def totals(counts: Mapping[int, Counts]) -> Counts:
    """Of all these policies, counted each, together."""
    whole = Counts()
    for one in counts.values():
        whole.add(one)
    return whole


def grouped(policies: QuerySet[Policy], by: str, counts: Mapping[int, Counts]) -> list[Group]:
    """The `counts` of these policies by one of SIDES; a policy of several topics counts under each.

    Those by agency are what it issued and its tasks.  Years come newest first, all else by number.
    """
    if by == AGENCY:
        return _by_agency(policies)
    keys, label = SIDES[by]
    found: defaultdict[str | None, Counts] = defaultdict(Counts)
    for policy, key in keys(policies):
        if policy in counts:  # one that was published between the two reads is left for the next answer
            found[key].add(counts[policy])
    labels = label()
    groups = [Group(key, labels.get(key or "", key or "（无）"), counts) for key, counts in found.items()]
    if by == "year":
        return sorted(groups, key=lambda group: group.value or "", reverse=True)
    return sorted(groups, key=lambda group: (-group.counts.policies, group.value or ""))


def counted(policies: QuerySet[Policy]) -> dict[int, Counts]:
    """The counts of each of these policies, by its id; clauses are counted from their index alone."""
    ids = policies.order_by().values("pk")
    found = {pk: Counts(policies=1) for pk in policies.order_by().values_list("pk", flat=True)}
    for name, rows, policy in (
        ("clauses", Provision.objects.clauses(), "policy"),
        ("targets", Target.objects.standing(), "policy"),
        ("tasks", ResponsibleAgency.objects.standing(), "responsibility__policy"),
    ):
        inside = rows.filter(**{f"{policy}__in": ids}).order_by().values_list(policy)
        for pk, count in inside.annotate(count=Count("*")):
            if pk in found:
                setattr(found[pk], name, count)
    return found


def _by_agency(policies: QuerySet[Policy]) -> list[Group]:
    ids = policies.order_by().values("pk")
    found: defaultdict[int, Counts] = defaultdict(Counts)
    issued = Issuer.objects.filter(policy__in=ids)
    tasks = ResponsibleAgency.objects.standing().filter(responsibility__policy__in=ids)
    for name, rows in (("policies", issued), ("tasks", tasks)):
        for pk, count in rows.order_by().values_list("agency").annotate(count=Count("*")):
            setattr(found[pk], name, count)
    names = dict(Agency.objects.filter(pk__in=found).values_list("pk", "name"))
    groups = [Group(str(pk), names[pk], counts) for pk, counts in found.items() if pk in names]
    return sorted(groups, key=lambda group: (-group.counts.tasks, -group.counts.policies, group.label))


Keys = list[tuple[int, str | None]]


def _column(name: str) -> Callable[[QuerySet[Policy]], Keys]:
    return lambda policies: [(pk, key or None) for pk, key in policies.order_by().values_list("pk", name)]


def _years(policies: QuerySet[Policy]) -> Keys:
    rows = with_year(policies).order_by().values_list("pk", "of_year")  # type: ignore[arg-type]  # policies are these
    return [(pk, str(year) if year else None) for pk, year in rows]


def _provinces(policies: QuerySet[Policy]) -> Keys:
    """The province that a policy's region lies in; the nation's code for national ones."""
    rows = policies.order_by().values_list("pk", "region_id", "level")
    national = Policy.Level.NATIONAL
    return [(pk, f"{code[:2]}0000" if code else NATION if level == national else None) for pk, code, level in rows]


def _regions() -> dict[str, str]:
    return dict(Region.objects.values_list("pk", "name"))


AGENCY = "agency"
SIDES: dict[str, tuple[Callable[[QuerySet[Policy]], Keys], Callable[[], dict[str, str]]]] = {
    "province": (_provinces, _regions),
    "region": (_column("region_id"), _regions),
    "year": (_years, dict),
    "topic": (_column("topics"), lambda: dict(Topic.objects.values_list("slug", "name"))),
    "kind": (_column("kind"), lambda: dict(Policy.Kind.choices)),
    "level": (_column("level"), lambda: dict(Policy.Level.choices)),
    "column": (_column("column"), dict),
}
