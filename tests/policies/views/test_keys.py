"""One's keys on their page, and an account's for administrators."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.models import ApiKey
from policies.roles import Role, set_up_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client) -> User:
    set_up_roles()
    account = make_account("小王", Role.EDITOR, user=None)
    client.force_login(account)
    return account


def test_a_key_is_made_told_once_and_revoked(client, own):
    page = client.post(reverse("own_keys"), {"name": "周报脚本", "scope": "read"})
    token = re.search(r">(pk_[\w-]{43})<", page.content.decode())
    assert token
    assert "no-store" in page["Cache-Control"]
    headers = {"Authorization": f"Bearer {token[1]}"}
    assert client.get("/api/v1/regions/", headers=headers).status_code == 200
    again = client.get(reverse("own_keys")).content.decode()
    assert "周报脚本" in again
    assert token[1] not in again

    page = client.post(reverse("revoke_key", args=[ApiKey.objects.get().pk]), follow=True)
    assert "已吊销" in page.content.decode()
    assert client.get("/api/v1/regions/", headers=headers).status_code == 401


@pytest.mark.parametrize("said", [{"name": ""}, {"name": "长" * 81}, {"scope": "all"}])
def test_what_makes_no_key_is_said(client, own, said):
    answer = client.post(reverse("own_keys"), {"name": "周报", "scope": "read"} | said)
    assert (answer.status_code, ApiKey.objects.count()) == (400, 0)
    assert answer.context["form"].errors


def test_readers_are_offered_no_more_than_reading(client):
    set_up_roles()
    client.force_login(make_account("读者", Role.READER, user=None))
    assert client.post(reverse("own_keys"), {"name": "周报", "scope": "edit"}).status_code == 400


def test_administrators_see_and_revoke_the_keys_of_others(client, own):
    key, _ = make_key("周报脚本", ApiKey.Scope.READ, user=own)
    admin = make_account("主管", Role.ADMINISTRATOR, user=None)
    client.force_login(admin)
    account = reverse("policies:account", args=[own.pk])
    assert "周报脚本" in client.get(account).content.decode()
    answer = client.post(reverse("revoke_key", args=[key.pk]))
    assert (answer.status_code, answer["Location"]) == (302, account)
    client.force_login(make_account("主编", Role.CHIEF, user=None))
    assert client.post(reverse("revoke_key", args=[key.pk])).status_code == 403
    client.logout()
    assert client.get(reverse("own_keys")).status_code == 302
    assert client.post(reverse("revoke_key", args=[key.pk])).status_code == 302
