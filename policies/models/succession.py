"""Successions: which agency took over from which."""

from django.db import models
from django.db.models import F, Q

from policies.models.agency import Agency


class Succession(models.Model):
    """An agency whose work, or part of it, another took over.

    `date` is that of the reform's decision or of the new body's first day; null where it differed from
    place to place, and `note` says which reform it was, or which part went over.
    """

    predecessor = models.ForeignKey(Agency, models.CASCADE, related_name="successions", verbose_name="前身")
    successor = models.ForeignKey(Agency, models.CASCADE, related_name="origins", verbose_name="后继")
    date = models.DateField("日期", null=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构沿革"
        ordering = ["date", "predecessor_id", "successor_id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
