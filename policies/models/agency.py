"""Agencies and the names they go by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from policies.models.region import Region


class Agency(models.Model):
    """A body, by its full official name; `known` ones stand in the gazetteer, others as printed.

    Of what editors decided, an ingest keeps: `vouched`, that region and level are theirs; `denied_names`, what it
    is not called, whatever gazetteer or text say; `merged_into`, which agency it is another row of.  One that was
    merged has no rows and names of its own any more, and its page leads to the other.
    """

    name = models.CharField("全称", max_length=200, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="agencies", verbose_name="地区")
    level = models.CharField("层级", max_length=10, choices=Region.Level, blank=True)
    is_group = models.BooleanField("统称", default=False)
    known = models.BooleanField("已确认", default=True)
    vouched = models.BooleanField("编辑已核对", default=False)
    denied_names = ArrayField(models.CharField(max_length=200), verbose_name="不用的名称", default=list, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ["name"]
        permissions = [("merge_agencies", "可以合并部门")]
        constraints = [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="agency_merged_into_another")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policies:agency", args=[self.pk])


class AgencyName(models.Model):
    """A name that an agency is printed under; one that an editor `added` is read so by the next ingest."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names", verbose_name="部门")
    name = models.CharField("名称", max_length=200)
    added = models.BooleanField("编辑所加", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "部门名称"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="agency_name_once")]

    def __str__(self) -> str:
        return self.name
