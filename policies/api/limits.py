"""How much a client may ask of the API in a minute, and how answers tell him.

Counted by account for those who are known, whatever their keys, by address for everybody else.  Answers say it in
the fields of draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy: "anonymous";q=60;w=60` is the policy,
`RateLimit: "anonymous";r=59;t=42` what remains and for how many seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from policies.client_address import client_network
from policies.models import ApiKey, RequestCount
from policies.models.request_count import Counted

WINDOW = 60  # seconds
View = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Allowance:
    """Under which policy a request counts, for whom, and how many of them there may be in a window."""

    policy: str
    client: str
    most: int


class Limit(BaseThrottle):
    """Refuses (429) what is beyond the allowance; the staff's own browsers have no limit."""

    left = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        allowance = allowance_of(request)
        if allowance is None or not allowance.most:
            return True
        counted = RequestCount.count(allowance.client, WINDOW)
        request._request.limited = (allowance, counted)  # type: ignore[attr-defined]  # read by `tell_limits`
        self.left = counted.seconds_left
        return counted.requests <= allowance.most

    def wait(self) -> int:
        return self.left


def allowance_of(request: Request) -> Allowance | None:
    """None for those whom nobody counts.  Addresses are kept as keyed hashes; of IPv6 a network (/64) is one."""
    if isinstance(request.auth, ApiKey):
        return Allowance("key", f"account {request.auth.user_id}", settings.API_LIMIT_KEYS)
    if request.user.is_staff:
        return None
    if request.user.pk:
        return Allowance("login", f"account {request.user.pk}", settings.API_LIMIT_KEYS)
    place = client_network(request) or ""
    sender = salted_hmac("policies.api.limits", place, algorithm="sha256").hexdigest()
    return Allowance("anonymous", sender, settings.API_LIMIT_ANONYMOUS)


def words_for_many(request: Any, wait: int | None) -> str:
    """What is told who asked too much and has to wait so many seconds; without a key, what there is with one too."""
    limited: tuple[Allowance, Counted] | None = getattr(request, "limited", None)
    more = ""
    if limited and limited[0].policy == "anonymous":
        keys = f"每分钟 {settings.API_LIMIT_KEYS} 次" if settings.API_LIMIT_KEYS else "不限次数"
        more = f"不用密钥的每分钟 {limited[0].most} 次，用密钥的{keys}。"
    return f"请求过多，请 {wait} 秒后再试。{more}"


def tell_limits(get_response: View) -> View:
    """Middleware: say on each counted answer, refusals and 304 too, what the limit is and what is left of it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        limited: tuple[Allowance, Counted] | None = getattr(request, "limited", None)
        if limited:
            allowance, counted = limited
            remaining = max(0, allowance.most - counted.requests)
            response.headers["RateLimit-Policy"] = f'"{allowance.policy}";q={allowance.most};w={WINDOW}'
            response.headers["RateLimit"] = f'"{allowance.policy}";r={remaining};t={counted.seconds_left}'
        return response

    return answer
