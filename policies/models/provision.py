"""Provisions: the nodes of a policy's outline."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from policies.models.extracted import Review, Reviewed, Standing


class Provisions(Standing):
    def clauses(self) -> Self:
        """Those with words of their own that no editor rejected: what is counted and searched as clauses."""
        return self.exclude(heading="", text="", tail="").standing()


class Provision(Reviewed):
    """A chapter, article, section, item …; a *clause* is one with words of its own.

    `eid` follows the Akoma Ntoso naming convention and is the anchor of the clause's address.
    `text` holds what stands before its first child, `tail` what follows its last.  `topics` are slugs
    of the topics that its own words speak of.  Corrected words stand in these columns too, the printed
    ones in `original`.
    """

    class Type(models.TextChoices):
        PART = "part", "编"
        CHAPTER = "chapter", "章"
        SECTION = "section", "节"
        ARTICLE = "article", "条"
        SUBSECTION = "subsection", "小节"
        ITEM = "item", "项"
        SUBITEM = "subitem", "目"
        GOAL = "goal", "目标"
        PARAGRAPH = "paragraph", "段"
        PREAMBLE = "preamble", "序言"
        BODY = "body", "正文"
        ATTACHMENT = "attachment", "附件"
        CLOSING = "closing", "落款"

    policy = models.ForeignKey("policies.Policy", models.CASCADE, related_name="provisions", verbose_name="政策")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children", verbose_name="上级")
    position = models.PositiveIntegerField("次序")
    depth = models.PositiveSmallIntegerField("深度")
    type = models.CharField("类型", max_length=12, choices=Type)
    label = models.CharField("标号", max_length=40, blank=True)
    path = models.CharField("路径", max_length=300)
    eid = models.CharField("锚点", max_length=200)
    heading = models.TextField("标题", blank=True)
    text = models.TextField("正文", blank=True)
    tail = models.TextField("续文", blank=True)
    start_line = models.PositiveIntegerField("起始行")
    end_line = models.PositiveIntegerField("结束行")
    topics = ArrayField(models.SlugField(), verbose_name="主题", default=list, blank=True)

    objects = Provisions.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "条款"
        ordering = ["policy_id", "position"]
        indexes = [
            models.Index(  # to count clauses without reading their words; the condition is that of `clauses`
                fields=["policy"],
                include=["review"],
                condition=~Q(heading="", text="", tail="") & ~Q(review=Review.REJECTED),
                name="provision_clauses",
            ),
            models.Index(  # to count and to page what stands without reading its words
                fields=["policy", "position"], condition=~Q(review=Review.REJECTED), name="provision_standing"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "eid"], name="provision_eid_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["policy", "position"], name="provision_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(end_line__gte=F("start_line")), name="provision_lines_in_order"),
            models.CheckConstraint(condition=~Q(eid=""), name="provision_eid_given"),
        ]

    def __str__(self) -> str:
        return self.path

    def get_absolute_url(self) -> str:
        return f"{self.policy.get_absolute_url()}#{self.eid}"

    def words(self) -> str:
        """All its own words, as searched: heading, text and tail."""
        return "\n".join(part for part in (self.heading, self.text, self.tail) if part)
