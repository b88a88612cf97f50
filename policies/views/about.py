"""How the records are made, how good they are, and what is known to fail."""

import json
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.shortcuts import render

from policies.selectors.overview import overview, records_by_review


def about(request):
    context = {
        "section": "about",
        "accuracy": _accuracy(),
        "overview": overview(request.user),
        "records": records_by_review(request.user),
        "version": settings.VERSION,
    }
    return render(request, "policies/about.html", context)


@cache
def _accuracy() -> dict[str, Any]:
    """What was measured on documents that the rules had not seen."""
    measured = json.loads((settings.FIXTURES / "accuracy.json").read_text(encoding="utf-8"))
    return measured | {"measured_on": date.fromisoformat(measured["measured_on"])}
