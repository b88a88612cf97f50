"""What hangs on an agency, as editors look at it: where it is named, what a change would change, what was done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Model, Q, QuerySet

from policies.history import event_model
from policies.models import (
    Action,
    Agency,
    AgencyName,
    Issuer,
    Policy,
    Provision,
    Responsibility,
    ResponsibleAgency,
    Review,
    Succession,
)
from policies.selectors.policies import within

MOST = 50  # rows of a preview
DONE = 20  # actions


@dataclass(frozen=True, slots=True)
class Row:
    """One place where an agency is named, and what would stand there; `line` is of the source, 0 for an issuer."""

    policy: Policy
    clause: Provision | None
    line: int
    printed: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: numbers by what they count, and the first MOST of `total` rows."""

    counts: dict[str, int]
    rows: list[Row]
    total: int

    @property
    def told(self) -> list[tuple[str, int]]:
        """The numbers that are not 0."""
        return [(what, number) for what, number in self.counts.items() if number]


@dataclass(frozen=True, slots=True)
class Naming:
    """The records that name an agency, but rejected ones: responsibilities of it alone, those of others too, and
    policies that it issued.
    """

    alone: list[Responsibility]
    shared: list[Responsibility]
    policies: list[Policy]

    @property
    def records(self) -> list[Responsibility | Policy]:
        return [*self.alone, *self.shared, *self.policies]


def naming(agency: Agency) -> Naming:
    """The records that name the agency, in the order of their ids."""
    duties = Responsibility.objects.standing().filter(agencies__agency=agency).select_related("policy").distinct()
    others = ResponsibleAgency.objects.filter(responsibility__in=duties.values("pk")).exclude(agency=agency)
    shared = set(others.values_list("responsibility", flat=True))
    rows = list(duties.order_by("pk"))
    return Naming(
        [row for row in rows if row.pk not in shared],
        [row for row in rows if row.pk in shared],
        list(Policy.objects.filter(issuers__agency=agency).order_by("pk")),
    )


def mentions(rows: QuerySet[ResponsibleAgency]) -> QuerySet[ResponsibleAgency]:
    """Responsible agencies with all that a list shows of them, in the order of the text."""
    return rows.select_related("responsibility__policy__issue", "responsibility__provision", "agency").order_by(
        "responsibility__policy_id", "responsibility__line", "position"
    )


def issued(agency: Agency) -> QuerySet[Issuer]:
    return agency.issued.select_related("policy__issue").order_by("policy_id")


def printed_as(names: Iterable[str], agency: Agency) -> QuerySet[ResponsibleAgency]:
    """Where one of these names is printed in policies of the agency's region, or of places inside it.

    For an agency without a region: in those of the centre.
    """
    place = Q(responsibility__policy__region=None)
    if agency.region:
        place = within(agency.region, "responsibility__policy__")
    return ResponsibleAgency.objects.filter(place, name__in=list(names))


def row_of(mention: ResponsibleAgency, before: str, after: str) -> Row:
    duty = mention.responsibility
    return Row(duty.policy, duty.provision, duty.line, str(mention), before, after)


def waiting(agency: Agency) -> list[tuple[Policy, int]]:
    """Documents that print a name which editors gave to the agency, but are stored with another one there; how often.

    One policy stands for all of its issue.  Extracting them again would change that.
    """
    names = agency.names.filter(added=True).values_list("name", flat=True)
    elsewhere = printed_as(names, agency).exclude(agency=agency).exclude(responsibility__review=Review.CORRECTED)
    counts = dict(elsewhere.order_by().values_list("responsibility__policy").annotate(Count("pk")))
    found: dict[object, tuple[Policy, int]] = {}
    for policy in Policy.objects.filter(pk__in=counts).select_related("issue").order_by("pk"):
        first, number = found.get(policy.source_id, (policy, 0))
        found[policy.source_id] = first, number + counts[policy.pk]
    return list(found.values())


def actions_on(agency: Agency) -> QuerySet[Action]:
    """The last DONE actions that changed the agency, its names or its successions, or let records name it no more; the
    newest first.
    """
    about = _contexts(
        (Agency, Q(pgh_obj=agency.pk)),
        (AgencyName, Q(agency=agency.pk)),
        (Succession, Q(predecessor=agency.pk) | Q(successor=agency.pk)),
    )
    duties = agency.responsibilities.values("responsibility")
    records = _contexts(
        (ResponsibleAgency, Q(agency=agency.pk)),
        (Issuer, Q(agency=agency.pk)),
        (Responsibility, Q(pgh_obj__in=duties, review=Review.REJECTED)),
    )
    done = Action.objects.filter(about | records & Q(verb=Action.Verb.AGENCY))
    return done.select_related("user", "undone_by").order_by("-at")[:DONE]


def _contexts(*events: tuple[type[Model], Q]) -> Q:
    """The condition that an action has events of these models that meet their conditions."""
    found = Q()
    for model, condition in events:
        found |= Q(pk__in=event_model(model).objects.filter(condition).values("pgh_context"))
    return found
