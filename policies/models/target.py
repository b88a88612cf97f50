"""Targets: quantified commitments with a deadline."""

from django.db import models
from django.db.models import F, Q

from policies.models.extracted import ExtractedRow


class Target(ExtractedRow):
    """An indicator, a comparator, a value in the printed unit (none for an index, PUE 1.25), and its years."""

    class Op(models.TextChoices):
        EQUAL = "=", "达到"
        ABOVE = ">", "超过"
        AT_LEAST = ">=", "不低于"
        BELOW = "<", "低于"
        AT_MOST = "<=", "不超过"
        ABOUT = "~", "约"
        RANGE = "range", "区间"

    indicator = models.CharField("指标", max_length=300)
    op = models.CharField("比较", max_length=5, choices=Op)
    value = models.DecimalField("数值", max_digits=24, decimal_places=6)
    value_max = models.DecimalField("上限", max_digits=24, decimal_places=6, null=True)
    unit = models.CharField("单位", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("截止年份", null=True, db_index=True)
    year_from = models.PositiveSmallIntegerField("起始年份", null=True)

    class Meta(ExtractedRow.Meta):
        verbose_name = verbose_name_plural = "目标"
        constraints = [
            *ExtractedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(indicator=""), name="target_indicator_given"),
            models.CheckConstraint(
                condition=Q(op="range", value_max__isnull=False, value_max__gt=F("value"))
                | (~Q(op="range") & Q(value_max=None)),
                name="target_range_has_two_ends",
            ),
            models.CheckConstraint(condition=Q(op__in=["=", ">", ">=", "<", "<=", "~", "range"]), name="target_op"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=1949, year__lte=2199), name="target_year_plausible"
            ),
            models.CheckConstraint(condition=Q(year_from=None) | Q(year__gte=F("year_from")), name="target_years"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.op} {self.value.normalize():f}{self.unit}"
