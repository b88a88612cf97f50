"""What is published as one, an issue or a policy that stands alone: the list, one with its state, its check sheet."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ingest.coverage import coverage_of
from ingest.models import Run
from policies.actions.publish import UnsettledError, publish
from policies.actions.submit import submit
from policies.actions.undo import may_undo
from policies.actions.withdraw import withdraw
from policies.history import EDIT, EditError
from policies.models import Action, Doubt, Issue, Policy, Review, State
from policies.publishing import moves_open_to
from policies.selectors.check_sheets import check_sheets
from policies.selectors.completeness import Completeness, completeness_by_policy, completeness_of, of_whole_issues
from policies.selectors.subjects import numbers_by_state, subject_keys, subjects
from policies.views.paging import paged

PER_PAGE = 50
ACTIONS_SHOWN = 30
DOUBTS_SHOWN = 50
NOTE = 2000  # characters
Verb = Action.Verb


@login_required
@permission_required(EDIT, raise_exception=True)
def issues(request: HttpRequest) -> HttpResponse:
    """All of them; `?state=in_review` narrows the list."""
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    paging = paged(request, subject_keys(state), PER_PAGE)
    shown = subjects(paging.page)
    rows = zip(shown, completeness_of(shown), strict=True)
    context = {"section": "desk", "state": state, "states": numbers_by_state(), "paging": paging, "rows": list(rows)}
    return render(request, "ingest/subjects.html", context)


@login_required
@permission_required(EDIT, raise_exception=True)
def issue(request: HttpRequest, year: int, number: int) -> HttpResponse:
    return _desk_page(request, get_object_or_404(Issue.objects.select_related("source"), year=year, number=number))


@login_required
@permission_required(EDIT, raise_exception=True)
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """A policy that stands alone; one of an issue has its place on the issue's page."""
    found = get_object_or_404(Policy.objects.select_related("source", "issue", "region"), slug=slug)
    return redirect(found.desk_address) if found.issue else _desk_page(request, found)


@login_required
@permission_required(EDIT, raise_exception=True)
def issue_sheet(request: HttpRequest, year: int, number: int) -> HttpResponse:
    return _sheet(request, get_object_or_404(Issue, year=year, number=number))


@login_required
@permission_required(EDIT, raise_exception=True)
def policy_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    return _sheet(request, get_object_or_404(Policy, slug=slug))


def _desk_page(request: HttpRequest, subject: Issue | Policy) -> HttpResponse:
    """The page; a POST says what to `do`, and comes back to it, asking where the action wants to be asked."""
    status, asks = 200, False
    if request.method == "POST":
        try:
            return _move(request, subject)
        except UnsettledError:
            status, asks = 409, True
    return render(request, "ingest/subject.html", {**_context(request, subject), "asks": asks}, status=status)


def _move(request: HttpRequest, subject: Issue | Policy) -> HttpResponse:
    """Do what is asked, and lead back with a word about it.  Raises UnsettledError and PermissionDenied."""
    note = request.POST.get("note", "").strip()[:NOTE]
    try:
        match request.POST.get("do"):
            case Verb.SUBMIT:
                done = submit(subject, user=request.user)
            case Verb.PUBLISH:
                done = publish(subject, user=request.user, despite_doubts="despite_doubts" in request.POST)
            case Verb.WITHDRAW:
                done = withdraw(subject, user=request.user, note=note)
            case _:
                return HttpResponse("没有这个动作。", status=400, content_type="text/plain; charset=utf-8")
    except UnsettledError:
        raise
    except EditError as error:
        messages.error(request, str(error))
    else:
        tell, word = (messages.success, "现在") if done else (messages.info, "早已")
        tell(request, f"{subject}{word}是“{State(subject.state).label}”。")
    return redirect(subject.desk_address)


def _context(request: HttpRequest, subject: Issue | Policy) -> dict[str, Any]:
    is_issue = isinstance(subject, Issue)
    policies = list(_policies(subject).select_related("region"))
    by_policy = completeness_by_policy([policy.pk for policy in policies])
    own = of_whole_issues([subject.pk])[subject.pk] if is_issue else Completeness()
    coverage = coverage_of(subject.source)
    actions = list(subject.actions.select_related("user", "undoes", "undone_by")[:ACTIONS_SHOWN])
    return {
        "section": "desk",
        "subject": subject,
        "is_issue": is_issue,
        "moves": [move.verb.value for move in moves_open_to(request.user, subject)],
        "whole": Completeness.together([own, *by_policy.values()]),
        "reviews": list(Review),
        "coverage": coverage,
        "covered": 100 * coverage.kept // coverage.characters if coverage.characters else 100,
        "policies": [(policy, by_policy[policy.pk]) for policy in policies],
        "must_fix": _must_fix(subject),
        "actions": actions,
        "undoable": {action.pk for action in actions if may_undo(action, request.user, subject)},
        "more_actions": max(subject.actions.count() - ACTIONS_SHOWN, 0),
        "runs": Run.objects.listed().filter(**{"issue" if is_issue else "policy": subject}),
    }


def _must_fix(subject: Issue | Policy) -> list[Doubt]:
    rows = subject.doubts.must_fix().unsettled().select_related("policy")
    return list(rows[:DOUBTS_SHOWN])


def _policies(subject: Issue | Policy) -> Any:
    own = {"issue": subject} if isinstance(subject, Issue) else {"pk": subject.pk}
    return Policy.objects.filter(**own).order_by("order")


def _sheet(request: HttpRequest, subject: Issue | Policy) -> HttpResponse:
    whole = Doubt.objects.filter(issue=subject, policy=None).unsettled() if isinstance(subject, Issue) else None
    context = {"section": "desk", "subject": subject, "sheets": check_sheets(_policies(subject)), "doubts": whole}
    return render(request, "ingest/sheet.html", context)
