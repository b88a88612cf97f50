"""What is read by a key, and when it opens nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.permissions import IsAuthenticated

from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key, revoke_key
from policies.models import ApiKey
from policies.roles import Role, set_up_roles

pytestmark = pytest.mark.django_db
READ, EDIT = ApiKey.Scope
PUBLISHED, ALL = 3, 4  # policies of the base


@pytest.fixture
def ask(client):
    def read(token: str, path: str = "policies/"):
        return client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})

    return read


def key_of(role: Role, scope: ApiKey.Scope) -> tuple[ApiKey, str]:
    set_up_roles()
    return make_key("周报", scope, user=make_account(f"{role.label}-{scope}", role, user=None))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("scope", ApiKey.Scope)
def test_a_key_reads_what_its_account_may_within_its_scope(ask, base, role, scope):
    _, token = key_of(role, scope)
    sees_drafts = role is not Role.READER and scope == EDIT
    assert ask(token).json()["count"] == (ALL if sees_drafts else PUBLISHED)
    assert ask(token, f"policies/{base.draft.pk}/").status_code == (200 if sees_drafts else 404)


def test_a_key_counts_before_the_login(client, ask, base, editor):
    client.force_login(editor)
    assert ask(key_of(Role.EDITOR, READ)[1]).json()["count"] == PUBLISHED


@pytest.mark.parametrize("scope", ApiKey.Scope)
def test_a_key_is_enough_where_readers_log_in(client, ask, base, settings, monkeypatch, scope):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]
    monkeypatch.setattr("policies.api.views.Resource.permission_classes", [IsAuthenticated])
    assert client.get("/api/v1/policies/").status_code == 401
    assert ask(key_of(Role.READER, scope)[1]).status_code == 200


def test_revoked_closed_unknown_and_broken_keys_are_refused(ask, base):
    key, token = key_of(Role.EDITOR, READ)
    assert ask(token).status_code == 200
    revoke_key(key, user=None)
    _, closed = key_of(Role.EDITOR, EDIT)
    User.objects.filter(username__endswith=EDIT).update(is_active=False)
    for bad in (token, closed, "pk_nobody", "", "a b", "密钥"):
        answer = ask(bad)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="api"'), bad
        assert answer["Content-Type"] == "application/problem+json"
        assert "密钥无效" in answer.json()["detail"]


def test_its_last_use_is_noted_once_a_minute(ask, base):
    key, token = key_of(Role.READER, READ)

    def used():
        assert ask(token, "regions/330000/").status_code == 200
        return ApiKey.objects.get(pk=key.pk).last_used_at

    first = used()
    assert first
    assert used() == first
    ApiKey.objects.update(last_used_at=timezone.now() - timedelta(seconds=61))
    assert used() > first
