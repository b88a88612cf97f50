"""The editors' desk."""

from django.urls import path

from ingest.views import problems, runs, uploads

app_name = "desk"
urlpatterns = [
    path("", runs.runs, name="runs"),
    path("problems/", problems.problems, name="problems"),
    path("problems/<int:pk>/settle/", problems.settle, name="settle"),
    path("upload/", uploads.upload, name="upload"),
    path("runs/<uuid:run_id>/", runs.run, name="run"),
    path("runs/<uuid:run_id>/progress/", runs.progress, name="progress"),
    path("runs/<uuid:run_id>/publish/", runs.publish, name="publish"),
]
