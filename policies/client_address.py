"""Where a request comes from, told behind proxies too."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that asks; behind settings.TRUSTED_PROXIES what the outermost of them saw, not what the client says.

    Each proxy adds, at the right of X-Forwarded-For, the address that asked it.  Empty on a socket without addresses.
    """
    named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted = min(settings.TRUSTED_PROXIES, len(named))
    return named[-trusted] if trusted else request.META.get("REMOTE_ADDR", "")
