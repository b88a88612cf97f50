"""Who asks the API: the one who is logged in on the pages."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request


class LoginAuthentication(SessionAuthentication):
    """Where a login is needed, who lacks it is told 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="login"'

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise PermissionDenied(
                "以登录写入，须在 X-CSRFToken 中带上本站网页里 csrfmiddlewaretoken 一栏的值；程序请用密钥。"
            ) from error


class LoginScheme(SessionScheme):
    target_class = "policies.api.authentication.LoginAuthentication"
