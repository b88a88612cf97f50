"""Make and revoke keys for the API.  `user` is who does it; the log of the owner's account keeps it."""

import secrets

from django.contrib.admin.models import CHANGE
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone

from policies.actions.manage_accounts import DEED, log
from policies.history import require
from policies.models import ApiKey
from policies.roles import CHANGE_ACCOUNTS

PREFIX = "pk_"
SHOWN = 9  # characters of a token, its prefix included, by which its owner knows it again
MOST = 20  # live keys of one account


class KeyLimitError(Exception):
    """An account has as many keys as it may; the message is Chinese."""


def scopes_open_to(user: User) -> list[ApiKey.Scope]:
    """What keys of the user may be for: who edits nothing has only published records to read."""
    return list(ApiKey.Scope) if user.is_staff else [ApiKey.Scope.READ]


@transaction.atomic
def make_key(name: str, scope: ApiKey.Scope, *, user: User) -> tuple[ApiKey, str]:
    """A new key of the user's own and its token, which nobody can tell again.

    Raises ValidationError for a name or scope that cannot be, KeyLimitError.
    """
    User.objects.select_for_update().get(pk=user.pk)  # whoever makes two at once makes one after the other
    if user.api_keys.live().count() >= MOST:
        raise KeyLimitError(f"一个账号至多有 {MOST} 个密钥；请先吊销不用的。")
    token = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey(user=user, name=name, scope=scope, start=token[:SHOWN], digest=ApiKey.digest_of(token))
    key.full_clean()
    key.save()
    log(user, user, CHANGE, f"建立接口密钥 {key}，范围：{scope.label}")
    return key, token


@transaction.atomic
def revoke_key(key: ApiKey, *, user: User | AnonymousUser | None) -> bool:
    """Let the key open nothing any more; whether it still did.

    One's own, or with the permission to look after accounts anybody's.  Raises PermissionDenied.
    """
    if user != key.user:
        require(user, CHANGE_ACCOUNTS, DEED)
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        return False
    log(user, key.user, CHANGE, f"吊销接口密钥 {key}")
    return True
