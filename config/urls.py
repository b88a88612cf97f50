"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from config.views import live, ready, robots
from policies.sitemaps import SITEMAPS

urlpatterns = [
    path("", include("policies.urls")),
    path("search/", include("search.urls")),
    path("desk/", include("ingest.urls")),
    path("api/", include("policies.api.urls")),
    path("login/", LoginView.as_view(template_name="login.html"), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("healthz", live, name="live"),
    path("readyz", ready, name="ready"),
    path("admin/", admin.site.urls),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
