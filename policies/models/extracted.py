"""What every record that the machine extracts has in common."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Review(models.TextChoices):
    """Who vouches for a row."""

    MACHINE = "machine", "机器提取"
    CONFIRMED = "confirmed", "已确认"
    CORRECTED = "corrected", "已更正"
    ADDED = "added", "人工补充"
    REJECTED = "rejected", "已否决"


class Standing(models.QuerySet):
    """Rows that editors vouch for or reject."""

    def standing(self) -> Self:
        """Those that nobody rejected: what is shown, counted, exported and cited."""
        return self.exclude(review=Review.REJECTED)


class Reviewed(models.Model):
    """A record that editors vouch for.

    `original` holds, of the columns that an editor changed, what the machine had put there, so that a new
    ingest finds the record again; null where none was changed.
    """

    review = models.CharField("审核", max_length=10, choices=Review, default=Review.MACHINE)
    original = models.JSONField("机器所提取", null=True, editable=False, encoder=DjangoJSONEncoder)

    class Meta:
        abstract = True


def standing_index(name: str) -> models.Index:
    """For models of many rows: to count and to page what stands, in the order of lists, without reading quotes."""
    return models.Index(
        fields=["policy", "line", "id"], condition=~models.Q(review=Review.REJECTED), name=f"{name}_standing"
    )


class ExtractedRow(Reviewed):
    """A row found in a policy's text: its clause, its line, its words, the rule and the confidence.

    `line` is a 1-based line of the policy's source; `quote` is a part of that line as printed.
    """

    policy = models.ForeignKey("policies.Policy", models.CASCADE, related_name="%(class)s_set", verbose_name="政策")
    provision = models.ForeignKey(
        "policies.Provision", models.CASCADE, null=True, related_name="%(class)s_set", verbose_name="条款"
    )
    line = models.PositiveIntegerField("原文行")
    quote = models.TextField("原文")
    rule = models.CharField("规则", max_length=60)
    confidence = models.FloatField("置信度", default=1.0)

    objects = Standing.as_manager()

    class Meta:
        abstract = True
        ordering = ["policy_id", "line", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(line__gte=1), name="%(class)s_line_positive"),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1), name="%(class)s_confidence_share"
            ),
            models.CheckConstraint(condition=models.Q(review__in=Review.values), name="%(class)s_review_known"),
        ]
