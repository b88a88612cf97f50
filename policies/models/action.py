"""Actions: what somebody did, in one step; the triggers' events hang on it."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse


class Action(models.Model):
    """One deed of an editor, a command or a worker; `id` is the context of the events that it caused.

    `user` is None for commands and workers.  `undoes` is the action that this one took back.
    """

    class Verb(models.TextChoices):
        INGEST = "ingest", "采集"
        REEXTRACT = "reextract", "重新提取"
        CONFIRM = "confirm", "确认"
        CORRECT = "correct", "更正"
        REJECT = "reject", "否决"
        ADD = "add", "补充"
        OUTLINE = "outline", "调整结构"
        AGENCY = "agency", "整理部门"
        MERGE = "merge", "合并部门"
        SETTLE = "settle", "处理"
        SUBMIT = "submit", "送审"
        PUBLISH = "publish", "发布"
        WITHDRAW = "withdraw", "撤回"
        UNDO = "undo", "撤销"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verb = models.CharField("动作", max_length=12, choices=Verb)
    summary = models.CharField("内容", max_length=300)
    note = models.TextField("说明", blank=True, max_length=2000)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="actions", verbose_name="谁"
    )
    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by", verbose_name="所撤销")
    policies = models.ManyToManyField("policies.Policy", related_name="actions", verbose_name="涉及的政策")
    issues = models.ManyToManyField("policies.Issue", related_name="actions", verbose_name="涉及的期")

    class Meta:
        verbose_name = verbose_name_plural = "操作"
        ordering = ["-at"]
        permissions = [("edit_records", "可以审核和更正记录"), ("undo_others", "可以撤销他人的操作")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}：{self.summary}"

    def get_absolute_url(self) -> str:
        return reverse("desk:action", args=[self.pk])
