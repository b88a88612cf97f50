"""Targets: quantified commitments with a deadline."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from policies.indicators import core
from policies.measures import PLACES, measure, measured, plain
from policies.models.derived import DerivedDecimal, DerivedText
from policies.models.extracted import ExtractedRow
from search.analysis import fold


def folded_indicator(target: "Target") -> str:
    return fold(target.indicator)


def indicator_core(target: "Target") -> str:
    return core(fold(target.indicator))


def compared_in(target: "Target") -> str:
    return measure(target.unit).base


def lowest(target: "Target") -> Decimal | None:
    return _in_base(target.value, target.unit)


def highest(target: "Target") -> Decimal | None:
    return _in_base(target.value if target.value_max is None else target.value_max, target.unit)


def _in_base(value: Decimal | float | str | None, unit: str) -> Decimal | None:
    return None if value is None else measure(unit).of(Decimal(str(value)))


class Target(ExtractedRow):
    """An indicator, a comparator, a value in the printed unit (none for an index, PUE 1.25), and its years.

    It is sought by its indicator folded, and by its value in the base unit, from `base_value` to
    `base_value_max`, which are the same where no range is printed.
    """

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
    value_max = models.DecimalField("上限", max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField("单位", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("截止年份", null=True, blank=True, db_index=True)
    year_from = models.PositiveSmallIntegerField("起始年份", null=True, blank=True)
    indicator_folded = DerivedText("指标（归一）", derive=folded_indicator)
    indicator_core = DerivedText("指标（所指）", derive=indicator_core)
    base_unit = DerivedText("基本单位", derive=compared_in)
    base_value = DerivedDecimal("数值（基本单位）", max_digits=72, decimal_places=PLACES, derive=lowest)
    base_value_max = DerivedDecimal("上限（基本单位）", max_digits=72, decimal_places=PLACES, derive=highest)

    class Meta(ExtractedRow.Meta):
        verbose_name = verbose_name_plural = "目标"
        indexes = [
            models.Index(fields=["base_unit", "base_value"], name="target_base_value"),
            models.Index(fields=["indicator"], name="target_indicator"),
        ]
        constraints = [
            *ExtractedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(indicator=""), name="target_indicator_given"),
            models.CheckConstraint(
                condition=Q(op="range", value_max__isnull=False, value_max__gt=F("value"))
                | (~Q(op="range") & Q(value_max=None)),
                name="target_range_has_two_ends",
                violation_error_message="区间要有下限和更大的上限，其他比较没有上限。",
            ),
            models.CheckConstraint(condition=Q(op__in=["=", ">", ">=", "<", "<=", "~", "range"]), name="target_op"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=1949, year__lte=2199),
                name="target_year_plausible",
                violation_error_message="截止年份应在 1949 至 2199 之间。",
            ),
            models.CheckConstraint(
                condition=Q(year_from=None) | Q(year__gte=F("year_from")),
                name="target_years",
                violation_error_message="起始年份不能晚于截止年份。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.quantity}"

    @property
    def quantity(self) -> str:
        """What is to be reached: 超过 100 万个, 1—2 家, 约 30%; a bare number where it is just to be that."""
        number = plain(self.value)
        if self.value_max is not None:
            number = f"{number}—{plain(self.value_max)}"
        bare = self.op in {self.Op.EQUAL, self.Op.RANGE}
        return f"{'' if bare else self.get_op_display() + ' '}{measured(number, self.unit)}"
