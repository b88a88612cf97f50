"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from config.views import live, measures, ready, robots
from policies.sitemaps import SITEMAPS
from policies.views.keys import own_keys, revoke
from policies.views.own_account import Login, OwnAccount, PasswordLink, forgotten

handler400 = "config.views.bad_request"
handler500 = "config.views.failed"

urlpatterns = [
    path("", include("policies.urls")),
    path("search/", include("search.urls")),
    path("desk/", include("ingest.urls")),
    path("api/v1/", include("ingest.api.urls")),
    path("api/", include("policies.api.urls")),
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("account/", OwnAccount.as_view(), name="own_account"),
    path("account/keys/", own_keys, name="own_keys"),
    path("account/keys/<int:pk>/revoke/", revoke, name="revoke_key"),
    path("account/forgotten/", forgotten, name="forgotten"),
    path("account/link/<uidb64>/<token>/", PasswordLink.as_view(), name="password_link"),
    path("healthz", live, name="live"),
    path("readyz", ready, name="ready"),
    path("metrics", measures, name="metrics"),
    path("admin/", admin.site.urls),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
