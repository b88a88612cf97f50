"""The log of a run, as a person reads it."""

from django.db import models
from django.db.models.functions import Now

from ingest.models.run import Run


class RunEvent(models.Model):
    """What happened to a run and when, by the database's clock; `step` is the one that began with it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="events", verbose_name="采集")
    at = models.DateTimeField("时间", db_default=Now())
    step = models.CharField("步骤", max_length=10, choices=Run.Step, blank=True)
    message = models.TextField("经过")

    class Meta:
        verbose_name = verbose_name_plural = "采集经过"
        ordering = ["run_id", "id"]

    def __str__(self) -> str:
        return self.message
