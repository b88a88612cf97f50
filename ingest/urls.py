"""The editors' desk."""

from django.urls import path

from ingest.views import agencies, batches, history, pages, problems, review, runs, uploads

app_name = "desk"
urlpatterns = [
    path("", runs.runs, name="runs"),
    path("problems/", problems.problems, name="problems"),
    path("problems/<int:pk>/settle/", problems.settle, name="settle"),
    path("actions/", history.actions, name="actions"),
    path("actions/<uuid:pk>/", history.action, name="action"),
    path("actions/<uuid:pk>/undo/", history.undo, name="undo"),
    path("history/<slug:kind>/<int:pk>/", history.story, name="story"),
    path("pages/<unicode_slug:slug>/<int:number>/", pages.page, name="page"),
    path("review/", review.queue, name="queue"),
    path("review/<slug:kind>/<int:pk>/", review.question, name="question"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("upload/", uploads.upload, name="upload"),
    path("runs/<uuid:run_id>/", runs.run, name="run"),
    path("runs/<uuid:run_id>/progress/", runs.progress, name="progress"),
    path("runs/<uuid:run_id>/publish/", runs.publish, name="publish"),
    path("runs/<uuid:run_id>/cancel/", runs.cancel, name="cancel"),
    path("runs/<uuid:run_id>/retry/", runs.retry, name="retry"),
    path("runs/<uuid:run_id>/accept/", runs.accept, name="accept"),
    path("runs/<uuid:run_id>/decline/", runs.decline, name="decline"),
    path("batches/<uuid:batch_id>/", batches.batch, name="batch"),
    path("batches/<uuid:batch_id>/progress/", batches.progress, name="batch_progress"),
]
