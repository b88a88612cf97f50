"""How to cite a policy or one of its clauses, on a page and as files for reference managers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from policies.exports.citations import STYLES, Citation
from policies.models import Policy

FILES = {style.label.lower(): style for style in STYLES if style.ending != "txt"}


def cite(request, slug: str):
    """`?clause=` the eid of a clause, the whole policy without; `?format=bibtex` or `ris` gives the file."""
    policy = get_object_or_404(
        Policy.objects.visible_to(request.user).select_related("issue").prefetch_related("issuers__agency"), slug=slug
    )
    eid = request.GET.get("clause", "")
    clause = next((row for row in policy.provisions.standing() if row.eid == eid), None)
    if eid and not clause:
        raise Http404
    if clause:
        clause.policy = policy  # with its issuers, which are already here
    citation = Citation.of(clause or policy, request.build_absolute_uri("/").rstrip("/"), timezone.localdate())
    chosen = FILES.get(request.GET.get("format", ""))
    if chosen:
        response = HttpResponse(chosen.write(citation), content_type=chosen.mime)
        response["Content-Disposition"] = content_disposition_header(
            True, f"{policy.title[:60]}{citation.place}.{chosen.ending}"
        )
        return response
    context = {"section": "policies", "policy": policy, "clause": clause, "citation": citation}
    return render(request, "policies/cite.html", context)
