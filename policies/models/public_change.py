"""The feed: what readers saw come, change and go."""

from django.db import models


class PublicChange(models.Model):
    """A record that readers see was made, changed or taken away.

    Rows are only ever added, by `policies.public_changes.announce`, in whose turns the ids are in the order of
    the commits.  `record` is the id of the row that was changed, which may be gone, as may its `policy`.
    `digest` tells what readers saw of it from then on; null when it was removed.
    """

    class Kind(models.TextChoices):
        """The resources of the API, those before that others stand in."""

        ISSUES = "issues", "期"
        POLICIES = "policies", "政策"
        PROVISIONS = "provisions", "条款"
        TARGETS = "targets", "目标"
        RESPONSIBILITIES = "responsibilities", "责任"
        OBLIGATIONS = "obligations", "义务"
        REFERENCES = "references", "引用"
        TABLES = "tables", "表"
        OBSERVATIONS = "observations", "统计值"
        AGENCIES = "agencies", "部门"

    class Operation(models.TextChoices):
        CREATED = "created", "新增"
        UPDATED = "updated", "更新"
        REMOVED = "removed", "移除"

    kind = models.CharField("种类", max_length=16, choices=Kind)
    record = models.BigIntegerField("记录")
    policy = models.BigIntegerField("政策", null=True)
    operation = models.CharField("操作", max_length=7, choices=Operation)
    digest = models.UUIDField("摘要", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "公开的变更"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["kind", "record", "-id"], name="public_change_record"),
            models.Index(fields=["policy", "kind"], name="public_change_policy"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(operation="removed", digest=None)
                | models.Q(operation__in=["created", "updated"], digest__isnull=False),
                name="public_change_operation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()}：{self.kind}/{self.record}"
