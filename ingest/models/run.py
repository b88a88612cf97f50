"""A run: one uploaded file on its way into the knowledge base."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from ingest.models.batch import Batch
from policies.models import Issue, Policy


class Runs(models.QuerySet["Run"]):
    def listed(self) -> Self:
        """With whom and what they belong to, without what is large."""
        return self.defer("content", "changes").select_related("created_by", "issue", "policy")


class Run(models.Model):
    """What was uploaded, how far it came, and what became of it.

    The row is the truth; a message in the queue only says that it is there.  `attempts` counts the
    workers that took it and is the number that a worker shows to write to it: one that was taken for
    dead, and comes back, finds another's number and leaves the row alone.  `stalls` counts those that
    died over it since a person last asked for it, which was at `queued_at`.  `announced_at` is when workers were
    last told of it; while it is put off that is yet to come.  Times are the database's.

    A waiting run holds another version of what is in the base; `changes` is what `ingest.comparing` found, and
    `accepted_by` whoever decided that it is to replace the older one.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "等待"
        RUNNING = "running", "进行中"
        WAITING = "waiting", "待确认"
        DONE = "done", "完成"
        FAILED = "failed", "失败"
        CANCELLED = "cancelled", "已取消"

    class Step(models.TextChoices):
        READ = "read", "读取"
        PARSE = "parse", "拆分"
        CHECK = "check", "检查"
        LOAD = "load", "入库"
        INDEX = "index", "索引"

    class Outcome(models.TextChoices):
        LOADED = "loaded", "已入库"
        REPLACED = "replaced", "已替换"
        UNCHANGED = "unchanged", "早已在库"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, models.CASCADE, null=True, related_name="runs", verbose_name="批次")
    filename = models.CharField("文件名", max_length=255)
    content = models.BinaryField("内容")
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验和", max_length=64, db_index=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField("步骤", max_length=10, choices=Step, blank=True)
    counts = models.JSONField("计数", default=dict)
    message = models.TextField("说明", blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True)
    changes = models.JSONField("与库中的差别", null=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    stalls = models.PositiveSmallIntegerField("中断次数", default=0)
    heartbeat_at = models.DateTimeField("心跳", null=True)
    queued_at = models.DateTimeField("排队时间", db_default=Now())
    announced_at = models.DateTimeField("通知任务进程的时间", db_default=Now())
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    indexed_at = models.DateTimeField("编入索引时间", null=True)
    created_at = models.DateTimeField("上传时间", db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="runs", verbose_name="上传者"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="采用者"
    )
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, related_name="runs", verbose_name="期")
    policy = models.ForeignKey(Policy, models.SET_NULL, null=True, related_name="runs", verbose_name="单独的政策")

    objects = Runs.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "采集"
        ordering = ["-created_at", "filename"]
        indexes = [
            models.Index(fields=["-created_at"], name="run_newest_first"),
            models.Index(
                fields=["finished_at"], condition=Q(state="done", indexed_at=None), name="run_not_yet_indexed"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "waiting", "done", "failed", "cancelled"]),
                name="run_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(heartbeat_at__isnull=False), name="run_running_has_heartbeat"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(changes__isnull=False), name="run_waiting_has_changes"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("desk:run", args=[self.pk])

    @property
    def subject(self) -> Issue | Policy | None:
        """The issue, or the policy that stands alone, that it brought or found."""
        return self.issue or self.policy
