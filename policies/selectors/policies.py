"""Policies as lists show them: whom they are visible to, the year they speak from, the region they lie in."""

from django.db.models import F, IntegerField, Prefetch, Q
from django.db.models.functions import Coalesce, ExtractYear

from policies.models import Issuer, Policy, Region
from policies.models.publication import Publishable


def with_year(policies: Publishable) -> Publishable:
    """The policies with `of_year`, which is `Policy.year` said in SQL."""
    return policies.annotate(
        of_year=Coalesce(
            ExtractYear("issued_on"),
            ExtractYear("adopted_on"),
            ExtractYear("effective_on"),
            F("issue__year"),
            F("period_start"),
            output_field=IntegerField(),
        )
    )


def listed_policies(user) -> Publishable:
    """The policies that `user` may read, newest year first, ready to be shown in a list of any length."""
    return (
        with_year(Policy.objects.visible_to(user))
        .select_related("region", "issue")
        .prefetch_related(Prefetch("issuers", Issuer.objects.select_related("agency")))
        .order_by(
            F("of_year").desc(nulls_last=True),
            F("issue__year").desc(nulls_last=True),
            F("issue__number").desc(nulls_last=True),
            "order",
            "pk",
        )
    )


def within(region: Region, prefix: str = "") -> Q:
    """The condition that a policy is of `region` or of a place inside it.

    The nation holds the national policies, not those of its provinces.  `prefix` leads from the
    queried rows to their policy: `policy__`.
    """
    if region.level == Region.Level.NATION:
        return Q(**{f"{prefix}level": Policy.Level.NATIONAL})
    return Q(**{f"{prefix}region__code__startswith": code_prefix(region)})


def code_prefix(region: Region) -> str:
    """The digits that the codes of `region` and of all places inside it begin with."""
    return region.code[: {Region.Level.PROVINCE: 2, Region.Level.CITY: 4}.get(Region.Level(region.level), 6)]


def years_of(policies: Publishable) -> list[int]:
    """The years that the policies speak from, newest first."""
    years = with_year(policies).exclude(of_year=None).order_by().values_list("of_year", flat=True).distinct()
    return sorted(years, reverse=True)
