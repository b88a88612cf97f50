"""Lists of records of one kind, and one change of many: chosen, told before it is made, made in one action."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from ingest.views.changing import Operation, operation, operations
from ingest.views.record_filters import RecordFilter
from policies.actions.editing import version_of
from policies.editable import KINDS, Kind
from policies.history import EDIT, ConflictError, EditError
from policies.views.paging import paged

PER_PAGE = 50
MOST = 300  # records that one change may be of


@login_required
@permission_required(EDIT, raise_exception=True)
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """Records of a kind, rejected ones too, to choose from."""
    found = _kind(kind)
    filtered = _filtered(found, request.GET)
    context = {
        "section": "desk",
        "kind": found,
        "kinds": KINDS.values(),
        "filter": filtered,
        "paging": paged(request, filtered.qs, PER_PAGE),
        "operations": operations(found),
        "most": MOST,
        "asked": request.GET.urlencode(),
    }
    return render(request, "ingest/records.html", context)


@login_required
@permission_required(EDIT, raise_exception=True)
@require_POST
def change(request: HttpRequest, kind: str) -> HttpResponse:
    """One change: first what it needs and what it would do; with `apply`, done."""
    found = _kind(kind)
    asked = request.POST.get("asked", "")
    back = f"{reverse('desk:records', args=[kind])}?{asked}"
    try:
        rows = _chosen(found, request.POST)
        doing = operation(found, request.POST, rows)
    except EditError as error:
        messages.error(request, str(error))
        return redirect(back)
    changes, status = [], 200
    try:
        if "apply" in request.POST and doing.ready() and request.POST.get("said") == doing.said:
            return _apply(request, doing, rows, back)
        changes = doing.preview(rows, request.user) if doing.ready() else []
    except EditError as error:
        status = 409 if isinstance(error, ConflictError) else 400
        messages.error(request, str(error))
    context = {
        "section": "desk",
        "kind": found,
        "rows": rows,
        "doing": doing,
        "do": request.POST["do"],
        "changes": changes,
        "unchanged": len(rows) - len(changes),
        "ready": doing.ready() and status == 200,
        "chosen": ",".join(str(row.pk) for row in rows),
        "seen": version_of(*rows),
        "asked": asked,
        "back": back,
    }
    return render(request, "ingest/change.html", context, status=status)


def _apply(request: HttpRequest, doing: Operation, rows: list[Any], back: str) -> HttpResponse:
    posted = request.POST
    done = doing.do(rows, user=request.user, seen=posted.get("seen", ""), note=posted.get("note", "").strip()[:2000])
    if done:
        told = format_html('{}。<a href="{}">查看改动或撤销</a>', done, done.get_absolute_url())
        messages.success(request, told)
    else:
        messages.info(request, "这些记录本来就是这样，没有改动。")
    return redirect(back)


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404("没有这一种记录。")
    return KINDS[slug]


def _rows(kind: Kind) -> QuerySet:
    rows = kind.model._default_manager
    return rows.order_by("pk") if kind.slug == "policy" else rows.select_related("policy")


def _filtered(kind: Kind, asked: QueryDict) -> RecordFilter:
    found = RecordFilter(asked, _rows(kind), kind=kind)
    return found if found.is_valid() else RecordFilter(asked, _rows(kind).none(), kind=kind)


def _chosen(kind: Kind, posted: QueryDict) -> list[Any]:
    """The records that were chosen: ticked, of the page, or all that the filter finds.  Raises EditError."""
    which = posted.get("which")
    if which == "all":
        rows = list(_filtered(kind, QueryDict(posted.get("asked", ""))).qs[: MOST + 1])
    else:
        said = posted.getlist("row") if which == "ticked" else posted.get("chosen", "").split(",")
        keys = [int(key) for key in said if key.isascii() and key.isdigit() and len(key) < 19]
        rows = list(_rows(kind).filter(pk__in=keys[: MOST + 1]))
    if not rows:
        raise EditError("没有选择任何记录。")
    if len(rows) > MOST:
        raise EditError(f"一次最多改动 {MOST} 条，请先筛选。")
    return rows
