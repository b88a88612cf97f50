"""Who asks the API: the one who is logged in on the pages."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class LoginAuthentication(SessionAuthentication):
    """Where a login is needed, who lacks it is told 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="login"'


class LoginScheme(SessionScheme):
    target_class = "policies.api.authentication.LoginAuthentication"
