"""The printed pages that a source's lines stand on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Printed(models.Model):
    """The file of a source that has printed pages: its bytes, and the 1-based page of every line."""

    source = models.OneToOneField("policies.Source", models.CASCADE, related_name="printed", verbose_name="原文")
    content = models.BinaryField("内容")
    pages = ArrayField(models.PositiveIntegerField(), verbose_name="各行的页")

    class Meta:
        verbose_name = verbose_name_plural = "版面"

    def __str__(self) -> str:
        return f"{self.source}的版面"
