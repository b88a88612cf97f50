"""Logging in, and one's own password."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from policies.actions.manage_accounts import close_account, make_account, password_link
from policies.roles import Role, role_of, set_up_roles
from tests.pages import log_in, logs_in

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
    assert logs_in(other, "小王", OLD)
    assert change(client, OLD, NEW, NEW).status_code == 302
    assert "读者" in client.get(reverse("own_account")).content.decode()
    assert other.get(reverse("own_account")).status_code == 302
    assert logs_in(Client(), "小王", NEW)


def test_people_are_spoken_to_as_everywhere(client, own):
    pages = [client.get(reverse("own_account")), change(client, "x", NEW, NEW)]
    account = make_account("小李", Role.READER, user=None)
    pages.append(Client().get(password_link(account, user=None), follow=True))
    for page in pages:
        assert "不能与您的用户名太相似" in page.content.decode()
        assert "你" not in page.content.decode()


def test_as_long_a_password_as_is_asked_for_is_taken(client, own):
    told = re.search(r"至少 (\d+) 个字符", client.get(reverse("own_account")).content.decode())
    assert told
    new = (NEW * 2)[: int(told[1])]
    assert change(client, OLD, new[:-1], new[:-1]).status_code == 200
    assert change(client, OLD, new, new).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("x", NEW, NEW), (OLD, NEW, OLD), (OLD, "91827364", "91827364"), (OLD, "驿站-4711", "驿站-4711")],
)
def test_a_wrong_or_weak_one_changes_nothing(client, own, old, new, again):
    assert change(client, old, new, again).context["form"].errors
    assert logs_in(Client(), "小王", OLD)


def test_a_form_takes_no_other_fields_of_the_account(client, own):
    more = {"username": "root", "is_staff": "on", "is_superuser": "on", "groups": "1", "role": "administrator"}
    fields = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert client.post(reverse("own_account"), fields | more).status_code == 302
    after = User.objects.get(pk=own.pk)
    assert (after.username, after.is_staff, after.is_superuser) == ("小王", False, False)
    assert role_of(after) is Role.READER


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


def lock(username: str, headers: dict[str, str] | None = None):
    """The answer to the last wrong password that there may be."""
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert "用户名或密码不对" in log_in(Client(), username, "x", headers).content.decode()
    return log_in(Client(), username, "x", headers)


@pytest.mark.parametrize("name", ["小王", "无此人"])
def test_too_many_wrong_passwords_and_the_right_one_has_to_wait(own, name):
    answer = lock(name)
    until = timezone.localtime() + settings.AXES_COOLOFF_TIME
    assert (answer.status_code, f"{until:%H:%M}" in answer.content.decode()) == (429, True)
    assert 890 <= int(answer.headers["Retry-After"]) <= 900
    assert log_in(Client(), name, OLD).status_code == 429
    assert log_in(Client(), f"　{name} ", OLD).status_code == 429


def test_a_name_beyond_all_bounds_is_a_wrong_one(own):
    assert "用户名或密码不对" in log_in(Client(), "小" * 5000, OLD).content.decode()


def test_others_and_other_places_do_not_wait(own, settings):
    settings.TRUSTED_PROXIES = 1
    lock("小王", headers={"X-Forwarded-For": "2001:db8::1"})
    assert log_in(Client(), "小王", OLD, headers={"X-Forwarded-For": "2001:db8::2"}).status_code == 429
    assert log_in(Client(), "小王", OLD, headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 302
    assert log_in(Client(), "无此人", "x", headers={"X-Forwarded-For": "2001:db8::1"}).status_code == 200


def test_waiting_ends_by_itself(own):
    lock("小王")
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1))
    assert logs_in(Client(), "小王", OLD)


def test_the_right_password_forgets_the_wrong_ones(own):
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            log_in(Client(), "小王", "x")
        assert logs_in(Client(), "小王", OLD)


def test_a_link_of_the_administrators_ends_the_waiting(own, client):
    lock("小王")
    administrator = make_account("主管", Role.ADMINISTRATOR, user=None)
    client.force_login(administrator)
    page = reverse("policies:account", args=[own.pk])
    assert "多次输错密码" in client.get(page).content.decode()
    browser = Client()
    form = browser.get(password_link(own, user=administrator), follow=True)
    browser.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    assert "多次输错密码" not in client.get(page).content.decode()
    assert logs_in(browser, "小王", NEW)


def test_djangos_admin_has_no_login_of_its_own(client, db):
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1] == (f"{reverse('login')}?next={reverse('admin:index')}", 302)
    assert client.post(reverse("admin:login"), {"username": "x", "password": "x"}).status_code == 302


@pytest.mark.parametrize(
    "place", ["https://evil.example.org/", "//evil.example.org", "javascript:alert(1)", "\\\\evil"]
)
def test_a_login_leads_to_no_other_site(own, place):
    answer = Client().post(f"{reverse('login')}?next={place}", {"username": "小王", "password": OLD, "next": place})
    assert answer.headers["Location"] == reverse("policies:home")


def test_a_login_of_the_staff_ends_after_a_day_whatever_is_done(own):
    """A reader's lasts longer, and holds what was put aside."""
    editor = make_account("小李", Role.EDITOR, user=None)
    editor.set_password(OLD)
    editor.save()
    browser, reader = Client(), Client()
    assert logs_in(browser, "小李", OLD)
    assert logs_in(reader, "小王", OLD)
    browser.post(reverse("policies:clear_clippings"))
    ends = browser.session.get_expiry_date()
    assert timedelta(hours=11) < ends - timezone.now() <= settings.STAFF_SESSION
    assert reader.session.get_expiry_date() - timezone.now() > timedelta(days=13)
    Session.objects.filter(pk=browser.session.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get(reverse("desk:home")).status_code == 302
    call_command("clearsessions")
    assert Session.objects.count() == 1 + 1  # the reader's, and the one of `own`


def test_a_session_gets_another_name_at_login_and_is_gone_after_logout(own):
    browser = Client()
    browser.session.save()  # a session that somebody else may have put there
    before = browser.cookies["sessionid"].value
    assert logs_in(browser, "小王", OLD)
    after = browser.cookies["sessionid"].value
    assert before != after
    assert browser.get(reverse("logout")).status_code == 405
    browser.post(reverse("logout"))
    assert not Session.objects.filter(pk__in=[before, after]).exists()


def test_closing_an_account_ends_its_session_at_once(own, client):
    close_account(own, user=None)
    assert client.get(reverse("own_account")).status_code == 302
