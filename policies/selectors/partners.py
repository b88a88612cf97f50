"""Whom an agency works with: those named in the same responsibilities."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, prefetch_related_objects

from policies.models import Agency, ResponsibleAgency
from policies.selectors.records import standing_tasks

Role = ResponsibleAgency.Role
BESIDE = "responsibility__agencies__agency"


@dataclass(frozen=True, slots=True)
class Partner:
    """An agency with the number of responsibilities that it shares, and in how many of them it has which role."""

    agency: Agency
    shared: int
    leads: int
    supports: int
    responsible: int


def partners(agency: Agency, user, most: int) -> tuple[list[Partner], int]:
    """The `most` agencies that share the most responsibilities with it, and how many share any.

    They and `agency` itself have their other names fetched.
    """
    counted = {
        name: Count("responsibility", distinct=True, filter=Q(responsibility__agencies__role=role))
        for name, role in (("leads", Role.LEAD), ("supports", Role.SUPPORT), ("responsible", Role.RESPONSIBLE))
    }
    named = (
        standing_tasks(user)
        .filter(agency=agency)
        .values(BESIDE)
        .annotate(shared=Count("responsibility", distinct=True), **counted)
        .order_by("-shared", f"{BESIDE}__name")
    )
    rows = [row for row in named if row[BESIDE] != agency.pk]
    agencies = Agency.objects.in_bulk([row[BESIDE] for row in rows[:most]])
    prefetch_related_objects([agency, *agencies.values()], "names")
    return [Partner(agencies[row.pop(BESIDE)], **row) for row in rows[:most]], len(rows)


def named_together(agency: Agency, others: list[Agency], user) -> Counter[tuple[int, int]]:
    """For any two of `others`, how many responsibilities of `agency` name both; for one and itself, name it."""
    keys = [other.pk for other in others]
    duties = standing_tasks(user).filter(agency=agency).order_by().values("responsibility")
    rows = (
        ResponsibleAgency.objects.filter(responsibility__in=duties, agency__in=keys)
        .filter(**{f"{BESIDE}__in": keys})
        .order_by()
        .values_list("agency", BESIDE)
        .annotate(count=Count("responsibility", distinct=True))
    )
    return Counter({(one, other): count for one, other, count in rows})
