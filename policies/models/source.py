"""The text that records come from."""

from django.db import models


class Source(models.Model):
    """A file as read: its lines, and where each of them belongs.

    `text` is the lines joined by newlines; a record's line n is the n-th of them.  `segments` are
    RECORDS.md's coverage segments.
    """

    sha256 = models.CharField("校验和", max_length=64, unique=True)
    filename = models.CharField("文件名", max_length=255)
    format = models.CharField("格式", max_length=10)
    encoding = models.CharField("编码", max_length=20)
    text = models.TextField("全文")
    characters = models.PositiveIntegerField("非空白字符数")
    segments = models.JSONField("归属", default=list)
    created_at = models.DateTimeField("入库时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "原文"

    def __str__(self) -> str:
        return self.filename

    def lines(self) -> list[str]:
        return self.text.split("\n")
