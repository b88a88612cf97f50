"""Editions: the same document met again, and which clause of one became which of the other."""

from django.db import models
from django.db.models import F, Q


class Edition(models.Model):
    """Two policies that are editions of one document, one next to the other in time."""

    class Relation(models.TextChoices):
        DRAFT_OF = "draft_of", "征求意见稿"
        SAME = "same", "同一文本"
        REVISED = "revised", "修订"

    earlier = models.ForeignKey("policies.Policy", models.CASCADE, related_name="later_editions", verbose_name="先")
    later = models.ForeignKey("policies.Policy", models.CASCADE, related_name="earlier_editions", verbose_name="后")
    relation = models.CharField("关系", max_length=10, choices=Relation)

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        ordering = ["earlier_id", "later_id"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="edition_once"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="edition_of_two"),
            models.CheckConstraint(
                condition=Q(relation__in=["draft_of", "same", "revised"]), name="edition_relation_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier}（{self.get_relation_display()}）{self.later}"


class ClauseEdition(models.Model):
    """A clause and what became of it; `similarity` from 0 to 1, 1 being word for word."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="clauses", verbose_name="版本")
    earlier = models.ForeignKey("policies.Provision", models.CASCADE, related_name="later_editions", verbose_name="先")
    later = models.ForeignKey("policies.Provision", models.CASCADE, related_name="earlier_editions", verbose_name="后")
    similarity = models.FloatField("相似度")

    class Meta:
        verbose_name = verbose_name_plural = "条款版本"
        ordering = ["edition_id", "later_id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "earlier"], name="clause_edition_earlier_once"),
            models.UniqueConstraint(fields=["edition", "later"], name="clause_edition_later_once"),
            models.CheckConstraint(condition=Q(similarity__gte=0, similarity__lte=1), name="clause_edition_share"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"
