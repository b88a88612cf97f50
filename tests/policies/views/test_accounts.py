"""The accounts at the desk, from making one to the password that its owner sets."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from policies.actions.manage_accounts import make_account
from policies.roles import Role, role_of, set_up_roles

pytestmark = pytest.mark.django_db
PASSWORD = "驿站-4711-青川"


@pytest.fixture
def admin(client) -> User:
    set_up_roles()
    account = make_account("主管", Role.ADMINISTRATOR, user=None)
    client.force_login(account)
    return account


def address(name: str, account: User) -> str:
    return reverse(f"policies:{name}", args=[account.pk])


def test_an_account_is_made_and_its_owner_sets_the_password(client, admin):
    page = client.post(reverse("policies:new_account"), {"username": "小李", "role": "editor"}, follow=True)
    made = User.objects.get(username="小李")
    assert (page.redirect_chain[0][0], role_of(made)) == (address("account", made), Role.EDITOR)
    page = client.post(address("account_link", made)).content.decode()
    link = re.search(r"http://testserver(/account/link/[^<\s]+)", page)
    assert link

    own = Client()
    form = own.get(link[1], follow=True)
    assert "小李" in form.content.decode()
    setting = form.redirect_chain[-1][0]
    weak = own.post(setting, {"new_password1": "123", "new_password2": "123"})
    assert weak.context["form"].errors
    own.post(setting, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    answer = own.post(reverse("login"), {"username": "小李", "password": PASSWORD})
    assert answer.headers["Location"] == reverse("desk:home")
    assert "链接已失效" in Client().get(link[1], follow=True).content.decode()


@pytest.mark.parametrize(
    "said", [{"role": "king"}, *({"username": name} for name in ("主管", "", "a b", "\u202e小李", "小\x00李"))]
)
def test_what_makes_no_account_is_said(client, admin, said):
    answer = client.post(reverse("policies:new_account"), {"username": "小李", "role": "editor"} | said)
    assert (answer.status_code, User.objects.count()) == (400, 1)


def test_role_close_and_reopen(client, admin):
    made = make_account("小李", Role.EDITOR, user=None)
    client.post(address("account_role", made), {"role": "chief"})
    assert role_of(User.objects.get(pk=made.pk)) is Role.CHIEF
    assert client.post(address("account_role", made), {"role": "king"}).status_code == 400
    page = client.post(address("close_account", made), follow=True).content.decode()
    assert "账号已停用" in page
    assert not User.objects.get(pk=made.pk).is_active
    client.post(address("reopen_account", made))
    assert User.objects.get(pk=made.pk).is_active


def test_what_cannot_be_done_is_said(client, admin):
    assert "自己" in client.post(address("close_account", admin), follow=True).content.decode()
    assert "最后一位" in client.post(address("account_role", admin), {"role": "chief"}, follow=True).content.decode()
    assert User.objects.get(pk=admin.pk).is_active


def test_the_list_asks_the_same_however_long(client, admin, django_assert_max_num_queries):
    for number in range(12):
        make_account(f"读者{number}", Role.READER, user=None)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("policies:accounts")).content.decode()
    assert page.count("读者") == 24  # a name and a role for each


def test_nobody_else_gets_in(client, admin):
    chief = make_account("主编", Role.CHIEF, user=None)
    client.force_login(chief)
    pages = [reverse("policies:accounts"), reverse("policies:new_account"), address("account", admin)]
    assert {client.get(page).status_code for page in pages} == {403}
    deeds = ("account_role", "close_account", "reopen_account", "account_link")
    assert {client.post(address(deed, admin), {"role": "reader"}).status_code for deed in deeds} == {403}
    client.logout()
    assert {client.post(address(deed, admin)).status_code for deed in deeds} == {302}
    assert User.objects.get(pk=admin.pk).is_active
