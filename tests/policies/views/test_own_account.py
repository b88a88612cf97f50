"""Logging in, and one's own password."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from policies.actions.manage_accounts import make_account
from policies.roles import Role, set_up_roles

pytestmark = pytest.mark.django_db
OLD, NEW = "驿站-4711-青川", "水表-0815-宁波"


@pytest.fixture
def own(client) -> User:
    set_up_roles()
    account = make_account("小王", Role.READER, user=None)
    account.set_password(OLD)
    account.save()
    client.force_login(account)
    return account


def change(client, old: str, new: str, again: str):
    fields = {"old_password": old, "new_password1": new, "new_password2": again}
    return client.post(reverse("own_account"), fields)


def test_a_new_password_ends_the_other_sessions(client, own):
    other = Client()
    assert other.login(username="小王", password=OLD)
    assert change(client, OLD, NEW, NEW).status_code == 302
    assert "读者" in client.get(reverse("own_account")).content.decode()
    assert other.get(reverse("own_account")).status_code == 302
    assert Client().login(username="小王", password=NEW)


@pytest.mark.parametrize(("old", "new", "again"), [("x", NEW, NEW), (OLD, NEW, OLD), (OLD, "91827364", "91827364")])
def test_a_wrong_or_weak_one_changes_nothing(client, own, old, new, again):
    assert change(client, old, new, again).context["form"].errors
    assert Client().login(username="小王", password=OLD)


def test_readers_land_on_the_first_page_and_are_named_on_it(own):
    browser = Client()
    answer = browser.post(reverse("login"), {"username": "小王", "password": OLD}, follow=True)
    assert answer.redirect_chain == [(reverse("policies:home"), 302)]
    page = answer.content.decode()
    assert "小王" in page
    assert "工作台" not in page


def test_a_forgotten_password_leads_to_the_administrator(client):
    assert reverse("forgotten") in client.get(reverse("login")).content.decode()
    assert "管理员" in client.get(reverse("forgotten")).content.decode()
