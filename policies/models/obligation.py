"""Obligations: who shall, may or must not do what."""

from django.db import models

from policies.models.extracted import ExtractedRow, standing_index


class Obligation(ExtractedRow):
    class Modality(models.TextChoices):
        SHALL = "shall", "应当"
        MAY = "may", "可以"
        MUST_NOT = "must_not", "不得"
        RESPONSIBLE = "responsible", "负责"

    subject = models.CharField("主体", max_length=300)
    modality = models.CharField("性质", max_length=12, choices=Modality)

    class Meta(ExtractedRow.Meta):
        verbose_name = verbose_name_plural = "义务"
        indexes = [standing_index("obligation")]

    def __str__(self) -> str:
        return f"{self.subject}{self.get_modality_display()}"
