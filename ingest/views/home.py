"""The desk's first page: what waits, what was done last, what was uploaded last."""

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ingest.models import Run
from policies.models import Action, State
from policies.selectors.questions import question_counts
from policies.selectors.subjects import numbers_by_state, subject_keys, subjects

SHOWN = 10
WAITING = (Run.State.WAITING, Run.State.FAILED)


@login_required
@permission_required("ingest.view_run", raise_exception=True)
def home(request: HttpRequest) -> HttpResponse:
    runs = dict(Run.objects.order_by().values_list("state").annotate(number=Count("pk")))
    questions = [row for row in question_counts() if row[2]]
    context = {
        "section": "desk",
        "questions": questions,
        "asked": sum(number for *_, number in questions),
        "runs_waiting": [(state, runs.get(state, 0)) for state in WAITING],
        "states": [(state, number) for state, number in numbers_by_state() if state != State.PUBLISHED],
        "in_review": subjects(subject_keys(State.IN_REVIEW)[:SHOWN]),
        "actions": Action.objects.select_related("user", "undone_by")[:SHOWN],
        "runs": Run.objects.listed()[:SHOWN],
    }
    return render(request, "ingest/home.html", context)
