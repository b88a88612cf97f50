"""Tables and the captions of figures."""

from django.db import models


class Table(models.Model):
    """A printed table; `header` is one row of column names, `rows` all have strings as printed."""

    policy = models.ForeignKey("policies.Policy", models.CASCADE, related_name="tables", verbose_name="政策")
    provision = models.ForeignKey(
        "policies.Provision", models.CASCADE, null=True, related_name="tables", verbose_name="条款"
    )
    line = models.PositiveIntegerField("原文行")
    end_line = models.PositiveIntegerField("结束行")
    number = models.CharField("表号", max_length=20, blank=True)
    title = models.CharField("表题", max_length=300, blank=True)
    unit = models.CharField("单位", max_length=40, blank=True)
    header = models.JSONField("表头", default=list)
    rows = models.JSONField("行", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "表"
        ordering = ["policy_id", "line"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Figure(models.Model):
    """A caption whose picture the text has lost."""

    policy = models.ForeignKey("policies.Policy", models.CASCADE, related_name="figures", verbose_name="政策")
    provision = models.ForeignKey(
        "policies.Provision", models.CASCADE, null=True, related_name="figures", verbose_name="条款"
    )
    line = models.PositiveIntegerField("原文行")
    number = models.CharField("图号", max_length=20, blank=True)
    title = models.CharField("图题", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "图"
        ordering = ["policy_id", "line"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
