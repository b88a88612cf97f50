"""An issue of the digest and its contents list."""

from django.db import models
from django.urls import reverse

from policies.models.publication import Publishable, State


class Issue(models.Model):
    """One weekly issue; year and number name it."""

    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveSmallIntegerField("期号")
    total_number = models.PositiveIntegerField("总期号", null=True)
    published_on = models.DateField("出版日期", null=True)
    cover_title = models.CharField("封面标题", max_length=300, blank=True)
    publisher = models.CharField("主编单位", max_length=200, blank=True)
    source = models.ForeignKey("policies.Source", models.PROTECT, related_name="issues", verbose_name="原文")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField("入库时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = Publishable.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期"
        ordering = ["-year", "-number"]
        permissions = [("publish_issue", "可以发布期和单独的政策")]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="issue_once"),
            models.CheckConstraint(
                condition=models.Q(year__gte=1949, year__lte=2199, number__gte=1), name="issue_numbers_plausible"
            ),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="issue_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}期"

    def get_absolute_url(self) -> str:
        return reverse("policies:issue", args=[self.year, self.number])

    @property
    def desk_address(self) -> str:
        """Where editors see how far it is, and publish it."""
        return reverse("desk:issue", args=[self.year, self.number])


class ContentsEntry(models.Model):
    """A line of 本期要目, and the policy that it announces, where there is one."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="contents", verbose_name="期")
    position = models.PositiveSmallIntegerField("次序")
    column = models.CharField("栏目", max_length=40)
    page = models.PositiveSmallIntegerField("页码", null=True, blank=True)
    title = models.CharField("标题", max_length=300)
    policy = models.OneToOneField(
        "policies.Policy", models.SET_NULL, null=True, related_name="contents_entry", verbose_name="政策"
    )

    class Meta:
        verbose_name = verbose_name_plural = "要目"
        ordering = ["issue", "position"]
        constraints = [models.UniqueConstraint(fields=["issue", "position"], name="contents_position_once")]

    def __str__(self) -> str:
        return self.title
