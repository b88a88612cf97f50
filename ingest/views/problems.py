"""What readers reported, at the desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from policies.actions.settle import settle_problem
from policies.history import EditError
from policies.models import Problem
from policies.views.paging import paged

PER_PAGE = 30


@login_required
@permission_required("policies.settle_problem", raise_exception=True)
def problems(request: HttpRequest) -> HttpResponse:
    """The open ones first, each group the newest first."""
    rows = Problem.objects.select_related("policy", "settled_by").order_by(F("settled_at").asc(nulls_first=True), "-id")
    return render(request, "ingest/problems.html", {"section": "desk", "paging": paged(request, rows, PER_PAGE)})


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    problem = get_object_or_404(Problem, pk=pk)
    try:
        done = settle_problem(problem, request.POST.get("note", "").strip()[:2000], user=request.user)
    except EditError as error:
        messages.error(request, str(error))
    else:
        messages.info(request, "已记为处理完毕。" if done else "这一条早已有人处理。")
    return redirect("desk:problems")
