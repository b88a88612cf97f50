"""The site of Django's admin: for administrators, to look things up."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from policies.roles import CHANGE_ACCOUNTS


class Site(AdminSite):
    site_header = "大数据发展动态政策知识库"
    site_title = "知识库管理"
    index_title = "数据表"

    def has_permission(self, request: HttpRequest) -> bool:
        """Who looks after the accounts, and nobody else of the staff."""
        return request.user.is_active and request.user.has_perm(CHANGE_ACCOUNTS)
