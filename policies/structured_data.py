"""What machines are told about a policy's page: JSON-LD in schema.org's words."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from policies.models import Policy

TYPES = {Policy.Kind.REPORT: "Report", Policy.Kind.STATISTICS: "Dataset", Policy.Kind.NEWS: "NewsArticle"}
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def json_ld(policy: Policy, url: str) -> SafeString:
    """A data block for the page's head; `url` is the page's whole address.  A law or plan is Legislation."""
    issuers = [{"@type": "GovernmentOrganization", "name": issuer.agency.name} for issuer in policy.issuers.all()]
    kind = TYPES.get(Policy.Kind(policy.kind), "Legislation")
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": policy.title,
        "url": url,
        "inLanguage": "zh-Hans",
        "publisher": None if kind == "Legislation" else issuers,
        "datePublished": _day(policy.issued_on),
        "keywords": [topic.name for topic in policy.topics.all()],
    }
    if kind == "Legislation":
        about |= {
            "legislationIdentifier": policy.doc_number,
            "legislationType": policy.get_kind_display(),
            "legislationPassedBy": issuers,
            "legislationDate": _day(policy.adopted_on or policy.issued_on),
            "legislationDateOfApplicability": _day(policy.effective_on),
            "legislationJurisdiction": policy.region.name if policy.region else None,
            "legislationLegalForce": "InForce" if policy.status == Policy.Status.IN_FORCE else None,
        }
    said = {name: value for name, value in about.items() if value}
    told = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(told))  # noqa: S308 escaped above


def _day(day) -> str | None:
    return day.isoformat() if day else None
