"""Observations: statistical facts of the past."""

from django.db import models
from django.db.models import Q

from policies.models.extracted import ExtractedRow


class Observation(ExtractedRow):
    """An indicator's value, its change, or both; `when` is 2022, 2022年末, 2022-12 or 2023-01/2023-10."""

    indicator = models.CharField("指标", max_length=300)
    when = models.CharField("时期", max_length=20, blank=True)
    value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField("单位", max_length=40, blank=True)
    yoy = models.DecimalField("变化", max_digits=24, decimal_places=6, null=True, blank=True)
    yoy_unit = models.CharField("变化单位", max_length=40, blank=True)

    class Meta(ExtractedRow.Meta):
        verbose_name = verbose_name_plural = "统计值"
        constraints = [
            *ExtractedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(indicator="") & (~Q(value=None) | ~Q(yoy=None)),
                name="observation_says_something",
                violation_error_message="要有指标，数值和变化至少填一项。",
            ),
        ]

    def __str__(self) -> str:
        return self.indicator
