"""What readers say is wrong with a record."""

from django.conf import settings
from django.db import models


class Settleable(models.Model):
    """An open question, until an editor has settled it and said how."""

    settled_at = models.DateTimeField("处理时间", null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="处理者"
    )
    note = models.TextField("处理说明", max_length=2000, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=False) | models.Q(settled_by=None, note=""),
                name="%(class)s_settled_whole",
            )
        ]


class Problem(Settleable):
    """A reader's word about a policy or one of its clauses, until an editor has settled it.

    `eid` is no foreign key: a clause may go with the next ingest, the word about it stays.  `sender` is
    a keyed hash of the address it came from, to bound how many come from one.
    """

    policy = models.ForeignKey("policies.Policy", models.CASCADE, related_name="problems", verbose_name="政策")
    eid = models.CharField("条款", max_length=200, blank=True)
    text = models.TextField("问题", max_length=2000)
    reply_to = models.EmailField("邮箱", blank=True)
    sender = models.CharField("来处", max_length=64, editable=False)
    created_at = models.DateTimeField("报告时间", auto_now_add=True)

    class Meta(Settleable.Meta):
        verbose_name = verbose_name_plural = "读者报告"
        ordering = ["-id"]
        indexes = [models.Index(fields=["sender", "created_at"], name="problem_sender")]
        permissions = [("settle_problem", "可以处理读者报告")]

    def __str__(self) -> str:
        return f"{self.policy}：{self.text[:40]}"
