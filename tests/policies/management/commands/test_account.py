"""`manage.py account`."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from policies.roles import Role, role_of, set_up_roles
from tests.pages import logs_in

pytestmark = pytest.mark.django_db
PASSWORD = "驿站-4711-青川"


@pytest.fixture
def said(capsys):
    """What the command says to some arguments."""
    set_up_roles()

    def say(*arguments: str) -> str:
        call_command("account", *arguments)
        return capsys.readouterr().out.strip()

    return say


def test_add_gives_a_link_that_sets_the_password(said, client):
    link = said("add", "小李", "--role", "editor", "--site", "https://policy.example.org/").splitlines()[-1]
    assert link.startswith("https://policy.example.org/account/link/")
    form = client.get(link.removeprefix("https://policy.example.org"), follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert logs_in(client, "小李", PASSWORD)
    assert said("link", "小李").startswith("http://127.0.0.1:8000/account/link/")


def test_role_close_reopen_and_list(said):
    said("add", "小李", "--role", "editor")
    said("role", "小李", "--role", "chief")
    account = User.objects.get()
    assert role_of(account) is Role.CHIEF
    said("close", "小李")
    assert said("list") == "小李　主编　已停用"
    assert "早已如此" in said("close", "小李")
    assert "/account/link/" in said("reopen", "小李")
    assert said("list") == "小李　主编"


def test_what_cannot_be_done_is_said(said):
    said("add", "主管", "--role", "administrator")
    for refused, why in [
        (("close", "主管"), "最后一位管理员"),
        (("add", "主管", "--role", "reader"), "已存在"),
        (("link", "无此人"), "没有账号 无此人"),
    ]:
        with pytest.raises(CommandError, match=why):
            said(*refused)
