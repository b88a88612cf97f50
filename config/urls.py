"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from config.views import health

urlpatterns = [
    path("", include("policies.urls")),
    path("search/", include("search.urls")),
    path("desk/", include("ingest.urls")),
    path("api/", include("policies.api.urls")),
    path("login/", LoginView.as_view(template_name="login.html"), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
]
