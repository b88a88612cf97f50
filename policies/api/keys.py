"""Programs that name a key: `Authorization: Bearer pk_…`."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from policies.models import ApiKey

SCHEME = "Bearer"
LAST_USED_EVERY = timedelta(minutes=1)  # a key that is used all the time is written this often


class KeyReader(AnonymousUser):
    """Who reads by a key of the scope `read`: known, and with no more rights than any reader."""

    is_authenticated = True  # type: ignore[assignment]  # alone in this it is not anonymous


class KeyAuthentication(BaseAuthentication):
    """The key's account, or for the scope `read` a mere reader; `request.auth` is the key.

    A key that is unknown, revoked, or of a closed account is refused, not read past: who sends one means it.
    """

    def authenticate(self, request: Request) -> tuple[User | KeyReader, ApiKey] | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        key = ApiKey.objects.live().of_token(token.strip()).select_related("user").first()
        if key is None:
            raise AuthenticationFailed("密钥无效：没有这个密钥，或它已吊销，或账号已停用。")
        _note_use(key)
        return (key.user if key.scope == ApiKey.Scope.EDIT else KeyReader(), key)

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="api"'


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "policies.api.keys.KeyAuthentication"
    name = "keyAuth"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "本人的接口密钥（pk_…），在“我的账号”中建立"}


def _note_use(key: ApiKey) -> None:
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - LAST_USED_EVERY)
    if key.last_used_at is None or key.last_used_at < now - LAST_USED_EVERY:
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
