"""`manage.py account add|role|close|reopen|link|list`: looking after the accounts."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.existence import require_base
from policies.actions.manage_accounts import (
    AccountError,
    change_role,
    close_account,
    make_account,
    password_link,
    reopen_account,
)
from policies.roles import Role, role_of
from policies.selectors.accounts import accounts

UNCHANGED = "没有变化：早已如此。"


class Command(BaseCommand):
    help = (
        "管理账号：add 新建，role 改变角色，close 停用，reopen 重新启用，link 给出设置密码的链接，list 列出。"
        "角色：" + "，".join(f"{role.value} {role.label}" for role in Role)
    )

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="动作")
        deeds.add_parser("list", help="列出账号")
        for deed, words in {
            "add": "新建账号，给出设置密码的链接",
            "role": "改变角色",
            "close": "停用：不能再登录，已登录的即刻退出",
            "reopen": "重新启用，给出设置密码的链接",
            "link": "给出设置密码的链接：三天内有效，只能用一次",
        }.items():
            own = deeds.add_parser(deed, help=words)
            own.add_argument("name", metavar="用户名")
            if deed in ("add", "role"):
                own.add_argument("--role", choices=Role.values, required=True)
            if deed in ("add", "reopen", "link"):
                own.add_argument(
                    "--site", default=settings.SITE_URL, metavar="网址", help="链接所属的网站（默认 SITE_URL）"
                )

    def handle(self, *args: Any, **options: Any) -> None:
        require_base()
        if options["deed"] == "list":
            self._list()
            return
        try:
            getattr(self, f"_{options['deed']}")(options)
        except AccountError as error:
            raise CommandError(str(error)) from error

    def _add(self, options: dict[str, Any]) -> None:
        account = make_account(options["name"], Role(options["role"]), user=None)
        self.stdout.write(f"账号 {account} 已建立。请把下面的链接交给本人设置密码：")
        self._show_link(account, options["site"])

    def _role(self, options: dict[str, Any]) -> None:
        role = Role(options["role"])
        changed = change_role(_found(options["name"]), role, user=None)
        self.stdout.write(f"角色已改为{role.label}。" if changed else UNCHANGED)

    def _close(self, options: dict[str, Any]) -> None:
        self.stdout.write("账号已停用。" if close_account(_found(options["name"]), user=None) else UNCHANGED)

    def _reopen(self, options: dict[str, Any]) -> None:
        if not reopen_account(_found(options["name"]), user=None):
            self.stdout.write(UNCHANGED)
            return
        self.stdout.write("账号已重新启用。请把下面的链接交给本人设置密码：")
        self._show_link(_found(options["name"]), options["site"])

    def _link(self, options: dict[str, Any]) -> None:
        self._show_link(_found(options["name"]), options["site"])

    def _show_link(self, account: User, site: str) -> None:
        self.stdout.write(site.rstrip("/") + password_link(account, user=None))

    def _list(self) -> None:
        for account in accounts():
            role = role_of(account)
            state = "" if account.is_active else "　已停用"
            self.stdout.write(f"{account}　{role.label if role else '无角色'}{state}")


def _found(name: str) -> User:
    try:
        return User.objects.get_by_natural_key(name)
    except User.DoesNotExist as error:
        raise CommandError(f"没有账号 {name}；manage.py account list 列出所有账号。") from error
