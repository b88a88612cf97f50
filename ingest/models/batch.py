"""A batch: the files that were uploaded at once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse


class Batch(models.Model):
    """What one upload brought: its runs, and what was refused, a list of {"name", "reason"}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    refused = models.JSONField("没有接收的", default=list)
    created_at = models.DateTimeField("上传时间", db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="batches", verbose_name="上传者"
    )

    class Meta:
        verbose_name = verbose_name_plural = "批次"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} 上传的一批文件"

    def get_absolute_url(self) -> str:
        return reverse("desk:batch", args=[self.pk])
