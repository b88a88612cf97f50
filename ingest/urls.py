"""The editors' desk."""

from django.urls import path

from ingest.actions import DECISIONS
from ingest.views import (
    adding,
    agencies,
    batches,
    bulk,
    history,
    home,
    outlining,
    pages,
    problems,
    review,
    runs,
    subjects,
    uploads,
)

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("issues/", subjects.issues, name="issues"),
    path("issues/<int:year>-<int:number>/", subjects.issue, name="issue"),
    path("issues/<int:year>-<int:number>/sheet/", subjects.issue_sheet, name="issue_sheet"),
    path("policies/<unicode_slug:slug>/", subjects.policy, name="policy"),
    path("policies/<unicode_slug:slug>/sheet/", subjects.policy_sheet, name="policy_sheet"),
    path("problems/", problems.problems, name="problems"),
    path("problems/<int:pk>/settle/", problems.settle, name="settle"),
    path("actions/", history.actions, name="actions"),
    path("actions/<uuid:pk>/", history.action, name="action"),
    path("actions/<uuid:pk>/undo/", history.undo, name="undo"),
    path("history/<slug:kind>/<int:pk>/", history.story, name="story"),
    path("pages/<unicode_slug:slug>/<int:number>/", pages.page, name="page"),
    path("review/", review.queue, name="queue"),
    path("review/<slug:kind>/<int:pk>/", review.question, name="question"),
    path("outline/<unicode_slug:slug>/", outlining.outline, name="outline"),
    path("add/<unicode_slug:slug>/", adding.adding, name="add"),
    path("records/<slug:kind>/", bulk.records, name="records"),
    path("records/<slug:kind>/change/", bulk.change, name="change"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("upload/", uploads.upload, name="upload"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<uuid:run_id>/", runs.run, name="run"),
    path("runs/<uuid:run_id>/progress/", runs.progress, name="progress"),
    *(path(f"runs/<uuid:run_id>/{name}/", runs.decide, {"decision": name}, name=name) for name in DECISIONS),
    path("batches/<uuid:batch_id>/", batches.batch, name="batch"),
    path("batches/<uuid:batch_id>/progress/", batches.progress, name="batch_progress"),
]
