"""Make accounts, change their roles, close and reopen them, and give out links that set their passwords.

`user` is who does it; None is the system, which may.  Django's log keeps what users did.  A closed account has
no password and no key: that ends its sessions, its links and its programs.
"""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from policies.history import require
from policies.roles import CHANGE_ACCOUNTS, MAKE_ACCOUNTS, Role, give_role, role_of

DEED = "管理账号"


class AccountError(Exception):
    """What cannot be done with an account; the message is Chinese."""


@transaction.atomic
def make_account(name: str, role: Role, *, user: User | AnonymousUser | None) -> User:
    """A new account, which has no password yet.  Raises PermissionDenied, AccountError."""
    require(user, MAKE_ACCOUNTS, DEED)
    account = User(username=User.normalize_username(name))
    account.set_unusable_password()
    try:
        account.full_clean()
    except ValidationError as error:
        raise AccountError("".join(error.messages)) from error
    account.save()
    give_role(account, role)
    log(user, account, ADDITION, f"建立账号，角色：{role.label}")
    return account


@transaction.atomic
def change_role(account: User, role: Role, *, user: User | AnonymousUser | None) -> bool:
    """Whether the role is another now.  Raises PermissionDenied, and AccountError for the last administrator."""
    require(user, CHANGE_ACCOUNTS, DEED)
    account = _locked(account)
    before = role_of(account)
    if before is role:
        return False
    _require_another_administrator(account)
    give_role(account, role)
    log(user, account, CHANGE, f"角色：{before.label if before else '无'} → {role.label}")
    return True


@transaction.atomic
def close_account(account: User, *, user: User | AnonymousUser | None) -> bool:
    """Let nobody log in by it any more; whether it still was open.

    Raises PermissionDenied, and AccountError for one's own and for the last administrator's.
    """
    require(user, CHANGE_ACCOUNTS, DEED)
    if account == user:
        raise AccountError("不能停用自己的账号，请另一位管理员来做。")
    account = _locked(account)
    if not account.is_active:
        return False
    _require_another_administrator(account)
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    account.api_keys.filter(revoked_at=None).update(revoked_at=timezone.now())
    log(user, account, CHANGE, "停用账号")
    return True


@transaction.atomic
def reopen_account(account: User, *, user: User | AnonymousUser | None) -> bool:
    """Open a closed account, which needs a new password then; whether it was closed.  Raises PermissionDenied."""
    require(user, CHANGE_ACCOUNTS, DEED)
    account = _locked(account)
    if account.is_active:
        return False
    account.is_active = True
    account.save(update_fields=["is_active"])
    log(user, account, CHANGE, "重新启用账号")
    return True


def password_link(account: User, *, user: User | AnonymousUser | None) -> str:
    """The path of a page that sets the account's password, once, within settings.PASSWORD_RESET_TIMEOUT.

    Raises PermissionDenied, and AccountError for a closed account.
    """
    require(user, CHANGE_ACCOUNTS, DEED)
    if not account.is_active:
        raise AccountError(f"账号 {account.username} 已停用；请先重新启用。")
    log(user, account, CHANGE, "生成设置密码的链接")
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    return reverse("password_link", args=[uid, default_token_generator.make_token(account)])


def _locked(account: User) -> User:
    """The account as it is now; who changes another waits until we are done, so that the last administrator stays."""
    Group.objects.select_for_update().get(name=Role.ADMINISTRATOR.label)
    return User.objects.get(pk=account.pk)


def _require_another_administrator(account: User) -> None:
    administrators = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.label)
    others = User.objects.filter(administrators, is_active=True).exclude(pk=account.pk)
    if account.is_active and role_of(account) is Role.ADMINISTRATOR and not others.exists():
        raise AccountError(f"{account.username} 是最后一位管理员：请先让另一个账号成为管理员。")


def log(user: User | AnonymousUser | None, account: User, flag: int, message: str) -> None:
    """Keep what a user did to an account; `flag` is one of Django's log.  What the system does is not kept."""
    if isinstance(user, User):
        LogEntry.objects.log_actions(user.pk, [account], flag, message, single_object=True)
