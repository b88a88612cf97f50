"""Responsibilities: who is to do what a clause says."""

from typing import Self

from django.db import models

from policies.models.agency import Agency
from policies.models.extracted import ExtractedRow, Review


class Responsibility(ExtractedRow):
    """A note such as （责任单位：…）, or a sentence that names who leads."""

    class Meta(ExtractedRow.Meta):
        verbose_name = verbose_name_plural = "责任"

    def __str__(self) -> str:
        return self.quote


class Mentions(models.QuerySet):
    def standing(self) -> Self:
        """Those of responsibilities that nobody rejected."""
        return self.exclude(responsibility__review=Review.REJECTED)


class ResponsibleAgency(models.Model):
    """One agency of a responsibility, as printed and as known, with its role."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        SUPPORT = "support", "配合"
        RESPONSIBLE = "responsible", "负责"

    responsibility = models.ForeignKey(Responsibility, models.CASCADE, related_name="agencies", verbose_name="责任")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="responsibilities", verbose_name="部门")
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("原文名称", max_length=200)
    role = models.CharField("角色", max_length=12, choices=Role)

    objects = Mentions.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任部门"
        ordering = ["responsibility_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["responsibility", "position"], name="responsible_agency_position_once"),
            models.CheckConstraint(condition=models.Q(role__in=["lead", "support", "responsible"]), name="role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}）"
