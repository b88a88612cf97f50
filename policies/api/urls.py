"""The API, version 1."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import SimpleRouter

from policies.api import errors, pages, views
from policies.api.changes import ChangesView
from policies.api.doubts import DoubtViewSet
from policies.api.exports import DocumentView, ExportView, view_of
from policies.api.history import ActionViewSet
from policies.api.search import SearchView
from policies.api.statistics import StatisticsView
from policies.api.suggestions import SuggestionsView
from policies.exports.kinds import KINDS

app_name = "api"

router = SimpleRouter()
router.register("issues", views.IssueViewSet)
router.register("policies", views.PolicyViewSet)
router.register("provisions", views.ProvisionViewSet)
router.register("targets", views.TargetViewSet)
router.register("responsibilities", views.ResponsibilityViewSet)
router.register("obligations", views.ObligationViewSet)
router.register("references", views.ReferenceViewSet)
router.register("tables", views.TableViewSet)
router.register("observations", views.ObservationViewSet)
router.register("agencies", views.AgencyViewSet)
router.register("regions", views.RegionViewSet)
router.register("doubts", DoubtViewSet)
router.register("actions", ActionViewSet)

urlpatterns = [
    path("", pages.index, name="index"),
    path("try/", pages.trial, name="try"),
    path("try/script/", pages.trial_script, name="try_script"),
    path("v1/", include(router.urls)),
    path("v1/search/", SearchView.as_view(), name="search"),
    path("v1/suggestions/", SuggestionsView.as_view(), name="suggestions"),
    path("v1/statistics/", StatisticsView.as_view(), name="statistics"),
    path("v1/exports/policies/<key>.<ending>", DocumentView.as_view(), name="export_policy"),
    *(
        path(f"v1/exports/{kind.name}.<ending>", view_of(kind).as_view(), {"kind": kind.name}, name="export")
        for kind in KINDS.values()
    ),
    path("v1/exports/<kind>.<ending>", ExportView.as_view(schema=None), name="export"),  # tells what kinds there are
    path("v1/changes/", ChangesView.as_view(), name="changes"),
    path("v1/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    re_path(".*", errors.not_found),
]
