"""The review queue, and deciding one question after the other."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ingest.views.deciding import DoubtPage, Page, ProblemPage, RecordPage
from ingest.views.outlining import ProvisionPage
from ingest.views.unknown_agency import AgencyPage
from policies.editable import KINDS as RECORDS
from policies.history import EDIT, EditError
from policies.models import Agency, Doubt, Issue, Problem
from policies.selectors.questions import KINDS, Question, questions
from policies.views.paging import paged

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the queue an editor works on: of one issue, of one kind, or all of it."""

    issue: Issue | None
    kind: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Scope":
        kind = request.GET.get("kind", "")
        year, _, number = request.GET.get("issue", "").partition("-")
        named = year.isascii() and number.isascii() and year.isdigit() and number.isdigit() and len(year + number) < 9
        issue = Issue.objects.filter(year=year, number=number).first() if named else None
        return cls(issue, kind if kind in KINDS else "")

    @property
    def asked(self) -> str:
        """As the end of an address: ?issue=2031-1&kind=target, or nothing."""
        issue = f"{self.issue.year}-{self.issue.number}" if self.issue else ""
        words = urlencode({name: value for name, value in (("issue", issue), ("kind", self.kind)) if value})
        return f"?{words}" if words else ""

    def questions(self) -> list[Question]:
        return questions(self.issue, self.kind)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the queue a question stands, 1-based, with its neighbours; `number` is 0 for one that is not in it."""

    number: int
    total: int
    earlier: Question | None
    later: Question | None

    @classmethod
    def of(cls, waiting: list[Question], kind: str, pk: int) -> "Place":
        at = next((place for place, one in enumerate(waiting) if (one.kind, one.pk) == (kind, pk)), None)
        if at is None:
            return cls(0, len(waiting), None, waiting[0] if waiting else None)
        later = waiting[at + 1] if at + 1 < len(waiting) else None
        return cls(at + 1, len(waiting), waiting[at - 1] if at else None, later)


@login_required
@permission_required(EDIT, raise_exception=True)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an editor's word; `?issue=2031-1` and `?kind=target` narrow it."""
    scope = Scope.of(request)
    everything = questions(scope.issue)
    counts = [(kind, name, sum(one.kind == kind for one in everything)) for kind, name in KINDS.items()]
    waiting = [one for one in everything if scope.kind in ("", one.kind)]
    context = {
        "section": "desk",
        "scope": scope,
        "counts": [row for row in counts if row[2]],
        "total": len(everything),
        "issues": Issue.objects.order_by("-year", "-number"),
        "paging": paged(request, waiting, PER_PAGE),
        "first": waiting[0] if waiting else None,
    }
    return render(request, "ingest/queue.html", context)


@login_required
@permission_required(EDIT, raise_exception=True)
def question(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One question, or any record, beside its lines; what is decided leads on to the next in the queue."""
    page = _page_of(kind, pk)
    if page is None:
        raise Http404("没有这条记录，可能刚刚重新采集过。")
    scope = Scope.of(request)
    waiting = scope.questions()
    place = Place.of(waiting, kind, pk)
    status = 200
    if request.method == "POST":
        try:
            messages.success(request, page.decide(request.POST, request.user))
            return redirect(_next(place, waiting[place.number :], page, scope))
        except EditError as error:
            status = 409 if page.conflict(error) else 400
            messages.error(request, str(error))
    context: dict[str, Any] = {"section": "desk", "page": page, "place": place, "scope": scope, **page.context()}
    return render(request, page.template, context, status=status)


def _next(place: Place, after: list[Question], page: Page, scope: Scope) -> str:
    """The question after this one that is still asked, as one answer may settle others; from the last, or from a
    record that no question is about, where it leads.
    """
    if not place.number:
        return page.address
    left = {one.key for one in scope.questions()}
    later = next((one for one in after if one.key in left), None)
    if later:
        return reverse("desk:question", args=[later.kind, later.pk]) + scope.asked
    return reverse("desk:queue") + scope.asked


def _page_of(kind: str, pk: int) -> Page | None:
    """The page of one question or record; None where there is none."""
    if kind in RECORDS:
        rows = RECORDS[kind].model._default_manager
        related = ("source", "issue") if kind == "policy" else ("policy__source", "policy__issue")
        row = rows.select_related(*related).filter(pk=pk).first()
        made = ProvisionPage if kind == "provision" else RecordPage
        return made(RECORDS[kind], row) if row else None
    if kind == "doubt":
        doubt = Doubt.objects.select_related("policy__source", "issue", "settled_by").filter(pk=pk).first()
        return DoubtPage(doubt) if doubt else None
    if kind == "problem":
        problem = Problem.objects.select_related("policy__source", "settled_by").filter(pk=pk).first()
        return ProblemPage(problem) if problem else None
    if kind == "agency":
        agency = Agency.objects.select_related("region").filter(pk=pk, known=False).first()
        return AgencyPage(agency) if agency else None
    return None
