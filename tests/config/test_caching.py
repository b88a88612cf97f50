"""What is for one browser alone is said to be so."""

from contextlib import closing

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from policies.actions.manage_keys import make_key
from policies.models import ApiKey

pytestmark = pytest.mark.django_db


def test_pages_of_one_browser_are_private(client):
    home, form, clippings = reverse("policies:home"), reverse("login"), reverse("policies:clippings")
    assert "Cache-Control" not in client.get(home).headers  # everybody's
    assert "private" in client.get(form).headers["Cache-Control"]  # with the form's token
    client.cookies.clear()
    client.force_login(User.objects.create_user("editor", is_staff=True))
    for page in (home, clippings):
        assert client.get(page).headers["Cache-Control"] == "private"


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("path", ["policies/", "exports/targets.csv"])
def test_what_a_program_reads_by_its_key_is_private(client, path, known):
    _, token = make_key("周报", ApiKey.Scope.READ, user=User.objects.create_user("reader"))
    headers = {"Authorization": f"Bearer {token}"} if known else {}
    with closing(client.get(f"/api/v1/{path}", headers=headers)) as answer:
        assert ("private" in answer["Cache-Control"]) == known
        assert "no-cache" in answer["Cache-Control"]
        assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
