"""Agencies and the names they go by."""

from django.db import models
from django.urls import reverse

from policies.models.region import Region


class Agency(models.Model):
    """A body, by its full official name; `known` ones stand in the gazetteer, others as printed."""

    name = models.CharField("全称", max_length=200, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="agencies", verbose_name="地区")
    level = models.CharField("层级", max_length=10, choices=Region.Level, blank=True)
    is_group = models.BooleanField("统称", default=False)
    known = models.BooleanField("已确认", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ["name"]
        permissions = [("merge_agencies", "可以合并部门")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policies:agency", args=[self.pk])


class AgencyName(models.Model):
    """A name that an agency is printed under."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names", verbose_name="部门")
    name = models.CharField("名称", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "部门名称"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="agency_name_once")]

    def __str__(self) -> str:
        return self.name
