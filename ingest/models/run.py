"""A run: one uploaded file on its way into the knowledge base."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse


class Run(models.Model):
    """What was uploaded, how far it came, and what became of it.

    The row is the truth; a message in the queue only says that it is there.  `attempts` counts the
    workers that took it and is the number that a worker shows to write to it: one that was taken for
    dead, and comes back, finds another's number and leaves the row alone.  Times are the database's.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "等待"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "失败"

    class Step(models.TextChoices):
        READ = "read", "读取"
        PARSE = "parse", "拆分"
        CHECK = "check", "检查"
        LOAD = "load", "入库"
        INDEX = "index", "索引"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filename = models.CharField("文件名", max_length=255)
    content = models.BinaryField("内容")
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验和", max_length=64, db_index=True)
    replace = models.BooleanField("替换已有的", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField("步骤", max_length=10, choices=Step, blank=True)
    counts = models.JSONField("计数", default=dict)
    message = models.TextField("说明", blank=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    heartbeat_at = models.DateTimeField("心跳", null=True)
    queued_at = models.DateTimeField("排队时间", db_default=Now())
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    created_at = models.DateTimeField("上传时间", db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="runs", verbose_name="上传者"
    )
    issue = models.ForeignKey("policies.Issue", models.SET_NULL, null=True, related_name="runs", verbose_name="期")
    policy = models.ForeignKey(
        "policies.Policy", models.SET_NULL, null=True, related_name="runs", verbose_name="单独的政策"
    )

    class Meta:
        verbose_name = verbose_name_plural = "采集"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["-created_at"], name="run_newest_first")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["queued", "running", "done", "failed"]), name="run_state"),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(heartbeat_at__isnull=False), name="run_running_has_heartbeat"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("desk:run", args=[self.pk])

    @property
    def finished(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)
