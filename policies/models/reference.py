"""References from a clause to another document, or to another clause."""

from django.db import models

from policies.models.extracted import ExtractedRow, standing_index


class Reference(ExtractedRow):
    """`title` names a document (blank: this one), `cited_provision` a place in it, as printed.

    `cited_policy` and `cited_clause` are what `policies.actions.resolve_references` found for them in the
    base; `cited_fragment` is the anchor of the cited paragraph (款), which has no row: art_17__para_2.
    """

    title = models.CharField("文件", max_length=300, blank=True)
    cited_provision = models.CharField("条款", max_length=100, blank=True)
    title_key = models.CharField("文件（归一）", max_length=300, blank=True, editable=False)
    cited_policy = models.ForeignKey(
        "policies.Policy", models.SET_NULL, null=True, related_name="cited_by", verbose_name="所引政策"
    )
    cited_clause = models.ForeignKey(
        "policies.Provision", models.SET_NULL, null=True, related_name="cited_by", verbose_name="所引条款"
    )
    cited_fragment = models.CharField("所引款", max_length=220, blank=True)

    class Meta(ExtractedRow.Meta):
        verbose_name = verbose_name_plural = "引用"
        indexes = [
            models.Index(fields=["title_key"], name="reference_title_key"),
            standing_index("reference"),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》{self.cited_provision}" if self.title else self.cited_provision

    @property
    def cited_anchor(self) -> str:
        """The anchor of what is cited on the page of `cited_policy`; blank for the policy as a whole."""
        return self.cited_fragment or (self.cited_clause.eid if self.cited_clause else "")

    @property
    def cited_address(self) -> str:
        """Where what is cited is read, from the host's root or on the citing policy's own page; blank if nowhere."""
        anchor = f"#{self.cited_anchor}" if self.cited_anchor else ""
        if self.cited_policy is None or self.cited_policy_id == self.policy_id:
            return anchor
        return f"{self.cited_policy.get_absolute_url()}{anchor}"
