"""The site of Django's admin: for administrators, to look things up."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from policies.roles import CHANGE_ACCOUNTS


class Site(AdminSite):
    site_header = "大数据发展动态政策知识库"
    site_title = "知识库管理"
    index_title = "数据表"

    def has_permission(self, request: HttpRequest) -> bool:
        """Who looks after the accounts, and nobody else of the staff."""
        return request.user.is_active and request.user.has_perm(CHANGE_ACCOUNTS)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one login for the whole site."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
