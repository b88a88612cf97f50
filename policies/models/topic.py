"""Topics that policies are sorted by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Topic(models.Model):
    """A subject, told by its terms."""

    slug = models.SlugField("标识", primary_key=True)
    name = models.CharField("名称", max_length=40, unique=True)
    terms = ArrayField(models.CharField(max_length=40), verbose_name="用语")

    class Meta:
        verbose_name = verbose_name_plural = "主题"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
