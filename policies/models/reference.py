"""References from a clause to another document, or to another clause."""

from django.db import models

from policies.models.extracted import ExtractedRow


class Reference(ExtractedRow):
    """`title` names a document (blank: this one), `cited_provision` a place in it, as printed."""

    title = models.CharField("文件", max_length=300, blank=True)
    cited_provision = models.CharField("条款", max_length=100, blank=True)

    class Meta(ExtractedRow.Meta):
        verbose_name = verbose_name_plural = "引用"

    def __str__(self) -> str:
        return f"《{self.title}》{self.cited_provision}" if self.title else self.cited_provision
