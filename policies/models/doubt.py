"""What the machine doubts about a file as a whole, a document, or a line."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from policies.models.problem import Settleable


class Doubts(models.QuerySet["Doubt"]):
    def unsettled(self) -> "Doubts":
        return self.filter(settled_at=None)

    def must_fix(self) -> "Doubts":
        """Those that say that something of the text may be missing or lost."""
        return self.filter(code__in=MUST_FIX)


class Doubt(Settleable):
    """A warning of parsing or loading (docs/warnings.md), or a decision that no longer fits the text.

    Of an issue, of a policy, or of both; `words` is its line as printed, by which it is found again at the
    next ingest.  `lost` holds the columns of a record that an editor had decided on, whose quote the text
    no longer has; null for a warning.
    """

    issue = models.ForeignKey("policies.Issue", models.CASCADE, null=True, related_name="doubts", verbose_name="期")
    policy = models.ForeignKey("policies.Policy", models.CASCADE, null=True, related_name="doubts", verbose_name="政策")
    code = models.CharField("种类", max_length=40)
    line = models.PositiveIntegerField("原文行")
    message = models.TextField("说明")
    words = models.TextField("原文", blank=True)
    lost = models.JSONField("不再吻合的记录", null=True)

    objects = Doubts.as_manager()

    class Meta(Settleable.Meta):
        verbose_name = verbose_name_plural = "提示"
        ordering = ["issue_id", "line", "id"]
        constraints = [
            *Settleable.Meta.constraints,
            models.CheckConstraint(condition=~Q(issue=None) | ~Q(policy=None), name="doubt_of_something"),
        ]

    def __str__(self) -> str:
        return self.message

    def get_absolute_url(self) -> str:
        return reverse("desk:question", args=["doubt", self.pk])


UNRESOLVED = "agency-unresolved"
LOST = "decision-lost"
OUTDATED = "correction-outdated"
STANDING = frozenset({LOST, OUTDATED})  # of editors' decisions: they stay until they are settled
MUST_FIX = frozenset(
    {
        "document-not-listed",
        "contents-without-body",
        "stray-lines",
        "unassigned",
        "article-gap",
        "article-order",
        "misquoted",
        "row-refused",
        "text-cut",
        LOST,
    }
)
