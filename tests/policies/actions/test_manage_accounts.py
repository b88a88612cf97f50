"""Accounts: made, closed, reopened, and never without an administrator."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from policies.actions.manage_accounts import (
    AccountError,
    change_role,
    close_account,
    make_account,
    password_link,
    reopen_account,
)
from policies.roles import Role, role_of, set_up_roles
from policies.selectors.accounts import log_of
from tests.pages import logs_in

pytestmark = pytest.mark.django_db
PASSWORD = "驿站-4711-青川"


@pytest.fixture
def admin() -> User:
    set_up_roles()
    return make_account("主管", Role.ADMINISTRATOR, user=None)


@pytest.fixture
def editor(admin) -> User:
    account = make_account("小李", Role.EDITOR, user=admin)
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.mark.parametrize("name", ["", "小 李", "小李", "x" * 151])
def test_a_name_that_is_none_or_taken_makes_no_account(admin, editor, name):
    with pytest.raises(AccountError):
        make_account(name, Role.EDITOR, user=admin)
    assert User.objects.count() == 2


def test_closing_ends_sessions_for_good(admin, editor):
    browser = Client()
    assert logs_in(browser, "小李", PASSWORD)
    assert browser.get(reverse("desk:runs")).status_code == 200
    assert close_account(editor, user=admin)
    assert not close_account(editor, user=admin)
    assert browser.get(reverse("desk:runs")).status_code == 302
    assert reopen_account(editor, user=admin)
    assert not reopen_account(editor, user=admin)
    assert browser.get(reverse("desk:runs")).status_code == 302
    assert not logs_in(browser, "小李", PASSWORD)


def test_a_closed_account_gets_no_link_and_its_old_one_is_dead(admin, editor):
    link = password_link(editor, user=admin)
    close_account(editor, user=admin)
    with pytest.raises(AccountError, match="已停用"):
        password_link(User.objects.get(pk=editor.pk), user=admin)
    assert "链接已失效" in Client().get(link, follow=True).content.decode()
    reopen_account(editor, user=admin)
    assert "链接已失效" in Client().get(link, follow=True).content.decode()


def test_nobody_closes_himself(admin):
    make_account("副手", Role.ADMINISTRATOR, user=admin)
    with pytest.raises(AccountError, match="自己"):
        close_account(admin, user=admin)
    assert User.objects.get(pk=admin.pk).is_active


@pytest.mark.parametrize("user", ["admin", None])
def test_the_last_administrator_stays(admin, editor, user):
    doer = admin if user else None
    with pytest.raises(AccountError, match="最后一位管理员"):
        change_role(admin, Role.CHIEF, user=doer)
    with pytest.raises(AccountError):
        close_account(admin, user=doer)
    change_role(editor, Role.ADMINISTRATOR, user=doer)
    assert change_role(admin, Role.CHIEF, user=doer)
    assert role_of(User.objects.get(pk=admin.pk)) is Role.CHIEF


def test_a_superuser_is_an_administrator_until_his_role_is_changed(admin):
    root = User.objects.create_superuser("root")
    assert role_of(root) is Role.ADMINISTRATOR
    change_role(root, Role.READER, user=admin)
    root = User.objects.get(pk=root.pk)
    assert (role_of(root), root.is_staff, root.is_superuser) == (Role.READER, False, False)


def test_what_was_done_is_kept(admin, editor):
    change_role(editor, Role.CHIEF, user=admin)
    assert not change_role(editor, Role.CHIEF, user=admin)
    close_account(editor, user=admin)
    told = [(entry.user, entry.change_message) for entry in log_of(editor)]
    assert told == [(admin, "停用账号"), (admin, "角色：编辑 → 主编"), (admin, "建立账号，角色：编辑")]
