"""A policy: one document of an issue, or one that stands alone."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from policies.models.extracted import Reviewed
from policies.models.publication import Publishable, State
from policies.models.region import Region


class Policy(Reviewed):
    """One document with its facts; its words are in its provisions.

    `title_key` is `policies.titles` saying which document a title is of, for citations and editions.
    """

    class Kind(models.TextChoices):
        LAW = "law", "法规"
        PLAN = "plan", "规划"
        MEASURES = "measures", "措施"
        NOTICE = "notice", "通知"
        STATISTICS = "statistics", "统计"
        REPORT = "report", "报告"
        NEWS = "news", "要闻"
        OTHER = "other", "其他"

    class Level(models.TextChoices):
        NATIONAL = "national", "国家"
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        NONE = "none", "非政府"

    class Status(models.TextChoices):
        DRAFT = "draft", "征求意见"
        IN_FORCE = "in_force", "已发布"
        UNKNOWN = "unknown", "不适用"

    issue = models.ForeignKey("policies.Issue", models.CASCADE, null=True, related_name="policies", verbose_name="期")
    source = models.ForeignKey("policies.Source", models.PROTECT, related_name="policies", verbose_name="原文")
    slug = models.SlugField("网址名", max_length=120, unique=True, allow_unicode=True)
    order = models.PositiveSmallIntegerField("次序")
    column = models.CharField("栏目", max_length=40, blank=True)
    page = models.PositiveSmallIntegerField("页码", null=True)
    title = models.CharField("标题", max_length=300)
    title_key = models.CharField("标题（归一）", max_length=300, blank=True, editable=False)
    kind = models.CharField("类型", max_length=12, choices=Kind)
    level = models.CharField("层级", max_length=10, choices=Level)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="policies", verbose_name="地区"
    )
    doc_number = models.CharField("文号", max_length=100, blank=True)
    status = models.CharField("效力", max_length=10, choices=Status, default=Status.UNKNOWN)
    adopted_on = models.DateField("通过日期", null=True, blank=True)
    issued_on = models.DateField("发布日期", null=True, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    period_start = models.PositiveSmallIntegerField("规划期起", null=True, blank=True)
    period_end = models.PositiveSmallIntegerField("规划期止", null=True, blank=True)
    source_name = models.CharField("来源", max_length=200, blank=True)
    editor_note = models.TextField("编者按", blank=True)
    topics = models.ManyToManyField("policies.Topic", related_name="policies", blank=True, verbose_name="主题")
    start_line = models.PositiveIntegerField("起始行")
    end_line = models.PositiveIntegerField("结束行")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField("入库时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = Publishable.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政策"
        ordering = ["-issue__year", "-issue__number", "order"]
        indexes = [models.Index(fields=["title_key"], name="policy_title_key")]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "order"], name="policy_order_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(end_line__gte=F("start_line")), name="policy_lines_in_order"),
            models.CheckConstraint(
                condition=Q(period_start=None, period_end=None)
                | Q(period_start__isnull=False, period_end__isnull=False, period_end__gte=F("period_start")),
                name="policy_period_in_order",
                violation_error_message="规划期要有起止两个年份，止年不早于起年。",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{field: None})
                    | Q(**{f"{field}__gte": date(1949, 1, 1), f"{field}__lt": date(2200, 1, 1)}),
                    name=f"policy_{field}_plausible",
                    violation_error_message=f"{day}应在 1949 至 2199 年之间。",
                )
                for field, day in (("adopted_on", "通过日期"), ("issued_on", "发布日期"), ("effective_on", "施行日期"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policies:policy", args=[self.slug])

    @property
    def desk_address(self) -> str:
        """Where editors see how far it, or its issue, is, and publish it."""
        return self.issue.desk_address if self.issue else reverse("desk:policy", args=[self.slug])

    def is_visible_to(self, user) -> bool:
        """`Publishable.visible_to` for a policy that is at hand."""
        return user.is_staff or self.state == State.PUBLISHED

    @property
    def own_day(self) -> date | None:
        """The day that it was issued, adopted or effective."""
        return self.issued_on or self.adopted_on or self.effective_on

    @property
    def day(self) -> date | None:
        """The day it speaks from: issued, adopted or effective, else that of its issue."""
        return self.own_day or (self.issue.published_on if self.issue else None)

    @property
    def year(self) -> int | None:
        """The year it speaks from: issued, adopted or effective, else its issue's, else its period's first."""
        if self.own_day:
            return self.own_day.year
        return self.issue.year if self.issue else self.period_start


class Issuer(models.Model):
    """An agency that issued a policy; `position` keeps the printed order."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="issuers", verbose_name="政策")
    agency = models.ForeignKey("policies.Agency", models.PROTECT, related_name="issued", verbose_name="部门")
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = verbose_name_plural = "发布机关"
        ordering = ["policy", "position"]
        constraints = [models.UniqueConstraint(fields=["policy", "agency"], name="issuer_once")]

    def __str__(self) -> str:
        return str(self.agency)
