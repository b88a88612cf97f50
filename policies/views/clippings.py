"""The page of what a reader has put aside, and its downloads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_POST

from policies import clippings as kept
from policies.exports.citations import Citation
from policies.exports.clippings import as_table, as_text
from policies.models import Policy, Provision

NAME = "摘编"


def clippings(request: HttpRequest):
    """`?format=text` or `csv` gives the file."""
    found = kept.clippings(request)
    root, today = request.build_absolute_uri("/").rstrip("/"), timezone.localdate()
    asked = request.GET.get("format", "")
    if asked == "text":
        return _download(HttpResponse(as_text(found, root, today), content_type="text/plain; charset=utf-8"), "txt")
    if asked == "csv":
        lines = as_table(found, root, today)
        return _download(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), "csv")
    cited = [(clipping, Citation.of(clipping.clause, root, today)) for clipping in found]
    return render(request, "policies/clippings.html", {"section": "clippings", "cited": cited})


@require_POST
def clip(request: HttpRequest):
    """Put aside the clause `eid` of the policy `policy`, or with `remove` take it away again.

    Says so on the page that cites the clause: on the policy's own the message would stand far above the clause.
    """
    slug, eid = request.POST.get("policy", ""), request.POST.get("eid", "")
    if "remove" in request.POST:
        kept.remove(request, slug, eid)
        return redirect("policies:clippings")
    policy = get_object_or_404(Policy.objects.visible_to(request.user), slug=slug.replace("\x00", ""))
    clause: Provision = get_object_or_404(policy.provisions.clauses(), eid=eid.replace("\x00", ""))
    if kept.add(request, clause):
        messages.success(request, "已收入摘编。")
    else:
        messages.warning(request, f"摘编最多收 {kept.MOST} 条，没有收入。")
    return redirect(f"{reverse('policies:cite', args=[slug])}?{urlencode({'clause': eid})}")


@require_POST
def clear(request: HttpRequest):
    kept.clear(request)
    messages.success(request, "摘编已清空。")
    return redirect("policies:clippings")


def _download(response, ending: str):
    response["Content-Disposition"] = content_disposition_header(True, f"{NAME} {timezone.localdate()}.{ending}")
    return response
