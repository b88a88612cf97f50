"""Where a request comes from, told behind proxies too."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that asks; behind settings.TRUSTED_PROXIES what the outermost of them saw, not what the client says.

    Each proxy adds, at the right of X-Forwarded-For, the address that asked it.  Empty on a socket without addresses.
    """
    named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted = min(settings.TRUSTED_PROXIES, len(named))
    return named[-trusted] if trusted else request.META.get("REMOTE_ADDR", "")


def client_network(request: HttpRequest) -> str | None:
    """Whom to count as one: the address that asks, of IPv6 the first of its network (/64), which one client has whole.

    None on a socket without addresses, and where a proxy names something else.
    """
    try:
        known = ip_address(client_address(request))
    except ValueError:
        return None
    return str(ip_network((known, 64), strict=False).network_address) if known.version == 6 else str(known)
