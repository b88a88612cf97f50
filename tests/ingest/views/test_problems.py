"""Readers' reports at the desk."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from policies.models import Problem
from tests.search.builders import policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def problem() -> Problem:
    return Problem.objects.create(policy=policy("驿站规划", "驿站。"), eid="art_1", text="<b>数字</b>不对", sender="x")


@pytest.fixture
def settler(client):
    user = get_user_model().objects.create_user("settler", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="settle_problem"))
    client.force_login(user)
    return user


def test_a_report_is_read_and_settled_once(client, settler, problem):
    page = client.get(reverse("desk:problems")).content.decode()
    assert "&lt;b&gt;数字&lt;/b&gt;不对" in page
    assert f"{problem.policy.get_absolute_url()}#art_1" in page
    client.post(reverse("desk:settle", args=[problem.pk]), {"note": "已改"})
    problem.refresh_from_db()
    assert (problem.settled_by, problem.note) == (settler, "已改")
    client.post(reverse("desk:settle", args=[problem.pk]), {"note": "又改"})
    problem.refresh_from_db()
    assert problem.note == "已改"
    assert "由 settler 处理：已改" in client.get(reverse("desk:problems")).content.decode()


def test_the_open_ones_come_first(client, settler, problem):
    other = Problem.objects.create(policy=problem.policy, text="后来的", sender="x")
    client.post(reverse("desk:settle", args=[other.pk]))
    page = client.get(reverse("desk:problems")).content.decode()
    assert page.index("不对") < page.index("后来的")


@pytest.mark.parametrize("staff", [False, True])
def test_nobody_else_may(client, problem, staff):
    client.force_login(get_user_model().objects.create_user("other", is_staff=staff))
    assert client.get(reverse("desk:problems")).status_code == 403
    assert client.post(reverse("desk:settle", args=[problem.pk])).status_code == 403
    problem.refresh_from_db()
    assert problem.settled_at is None
    client.logout()
    assert client.get(reverse("desk:problems")).status_code == 302
    assert client.post(reverse("desk:settle", args=[problem.pk])).status_code == 302
