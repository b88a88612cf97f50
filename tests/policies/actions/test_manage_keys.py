"""Keys of one's own: made, told once, hashed, revoked by their owner or an administrator."""

import hashlib

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from policies.actions import manage_keys
from policies.actions.manage_accounts import close_account, make_account, reopen_account
from policies.actions.manage_keys import KeyLimitError, make_key, revoke_key, scopes_open_to
from policies.models import ApiKey
from policies.roles import Role, set_up_roles
from policies.selectors.accounts import log_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    set_up_roles()
    return make_account("小李", Role.EDITOR, user=None)


def test_the_database_holds_no_token(owner):
    key, token = make_key("周报", ApiKey.Scope.READ, user=owner)
    row = ApiKey.objects.values().get(pk=key.pk)
    assert row["digest"] == hashlib.sha256(token.encode()).hexdigest()
    assert token.startswith(row["start"])
    assert len(token) - len(row["start"]) > 32
    assert all(token not in str(value) for value in row.values())
    assert token not in log_of(owner)[0].change_message
    assert make_key("周报", ApiKey.Scope.READ, user=owner)[1] != token


def test_a_key_needs_a_name_and_there_are_only_so_many(owner, monkeypatch):
    with pytest.raises(ValidationError):
        make_key("", ApiKey.Scope.READ, user=owner)
    monkeypatch.setattr(manage_keys, "MOST", 1)
    key, _ = make_key("一", ApiKey.Scope.READ, user=owner)
    with pytest.raises(KeyLimitError):
        make_key("二", ApiKey.Scope.READ, user=owner)
    assert revoke_key(key, user=owner)
    make_key("二", ApiKey.Scope.READ, user=owner)


@pytest.mark.parametrize("role", Role)
def test_who_revokes_and_which_scopes_there_are(owner, role):
    other = make_account("旁人", role, user=None)
    assert (ApiKey.Scope.EDIT in scopes_open_to(other)) is (role is not Role.READER)
    key, _ = make_key("周报", ApiKey.Scope.EDIT, user=owner)
    if role is Role.ADMINISTRATOR:
        assert revoke_key(key, user=other)
        assert not revoke_key(key, user=other)
        assert "吊销接口密钥 周报" in log_of(owner)[0].change_message
    else:
        with pytest.raises(PermissionDenied):
            revoke_key(key, user=other)
        assert ApiKey.objects.live().get() == key


def test_a_closed_account_has_no_keys_when_it_is_opened_again(owner):
    make_key("周报", ApiKey.Scope.READ, user=owner)
    close_account(owner, user=None)
    reopen_account(owner, user=None)
    assert not ApiKey.objects.live().exists()
