"""What is for one browser alone is said to be so."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_pages_of_one_browser_are_private(client):
    home, form, clippings = reverse("policies:home"), reverse("login"), reverse("policies:clippings")
    assert "Cache-Control" not in client.get(home).headers  # everybody's
    assert "private" in client.get(form).headers["Cache-Control"]  # with the form's token
    client.cookies.clear()
    client.force_login(User.objects.create_user("editor", is_staff=True))
    for page in (home, clippings):
        assert client.get(page).headers["Cache-Control"] == "private"
