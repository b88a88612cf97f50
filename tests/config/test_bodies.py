"""What is told to somebody who stops in the middle of a body."""

import errno
import os
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from policies.actions.manage_keys import make_key
from policies.models import ApiKey
from tests.pages import form_token

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


class Stopped:
    """What the server reads from, where less comes than was announced, and then nothing within its patience."""

    def read(self, *size: int) -> bytes:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    readline = read


def stop(client: Client, path: str, kind: str, method: str = "POST", **headers: str):
    sent: dict[str, Any] = {"wsgi.input": Stopped(), "CONTENT_TYPE": kind, "CONTENT_LENGTH": "4711"}
    return client.generic(method, path, headers=headers, **sent)


@pytest.mark.parametrize("kind", [FORM, MULTIPART_CONTENT])
@pytest.mark.parametrize("path", ["/login/", "/desk/upload/"])
@pytest.mark.parametrize("by_script", [True, False])
def test_a_page_says_that_the_form_is_not_whole(path, kind, by_script, caplog):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_superuser("editor"))
    token = form_token(browser.get(reverse("policies:policies")))
    answer = stop(browser, path, kind, **({"X-CSRFToken": token} if by_script else {}))
    assert (answer.status_code, "没有收全" in answer.content.decode()) == (400, True)
    assert [record.levelname for record in caplog.records if record.name.startswith("config.bodies")] == ["INFO"]


def test_the_api_says_it_in_its_own_shape(client, library, caplog):
    _, token = make_key("周报", ApiKey.Scope.EDIT, user=User.objects.create_superuser("editor"))
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    for answer in (
        stop(client, "/api/v1/runs/", MULTIPART_CONTENT, **headers),
        stop(client, f"/api/v1/policies/{library.plan.pk}/", "application/json", "PATCH", **headers),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert "没有收全" in answer.json()["detail"]
    assert "Traceback" not in caplog.text
