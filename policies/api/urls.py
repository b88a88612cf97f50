"""The API, version 1."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import SimpleRouter

from policies.api import errors, pages, views
from policies.api.search import SearchView

app_name = "api"

router = SimpleRouter()
router.register("issues", views.IssueViewSet)
router.register("policies", views.PolicyViewSet)
router.register("provisions", views.ProvisionViewSet)
router.register("targets", views.TargetViewSet)
router.register("agencies", views.AgencyViewSet)
router.register("regions", views.RegionViewSet)

urlpatterns = [
    path("", pages.index, name="index"),
    path("v1/", include(router.urls)),
    path("v1/search/", SearchView.as_view(), name="search"),
    path("v1/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    re_path(".*", errors.not_found),
]
