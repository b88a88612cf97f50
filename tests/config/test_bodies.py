"""What is told to somebody who stops in the middle of a body."""

import errno
import json
import os
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from ingest.models import Run
from policies.actions.manage_keys import make_key
from policies.models import Action, ApiKey
from tests.pages import form_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
FORM = "application/x-www-form-urlencoded"


class Stopped:
    """What the server reads from, where less comes than was announced, and then nothing within its patience."""

    def read(self, *size: int) -> bytes:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    readline = read


def stop(client: Client, path: str, kind: str, method: str = "POST", **headers: str):
    return send(client, path, kind, Stopped(), 4711, method, **headers)


def cut(client: Client, path: str, kind: str, body: bytes, method: str = "POST", **headers: str):
    """Sends all but the last bytes, and then ends the connection: the server reads less than it asks for."""
    return send(client, path, kind, BytesIO(body[:-100]), len(body), method, **headers)


def send(client: Client, path: str, kind: str, body: Any, length: int | str, method: str, **headers: str):
    sent: dict[str, Any] = {"wsgi.input": body, "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(length)}
    return client.generic(method, path, headers=headers, **sent)


def files(*names: str) -> bytes:
    content = "大数据发展动态\n第一行\n" * 5000  # beyond what is read at once
    return encode_multipart(BOUNDARY, {"file": [SimpleUploadedFile(name, content.encode()) for name in names]})


@pytest.fixture
def token() -> str:
    return make_key("周报", ApiKey.Scope.EDIT, user=User.objects.create_superuser("program"))[1]


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


def test_the_api_says_it_in_its_own_shape(client, library, token, caplog):
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    for answer in (
        stop(client, "/api/v1/runs/", MULTIPART_CONTENT, **headers),
        stop(client, f"/api/v1/policies/{library.plan.pk}/", "application/json", "PATCH", **headers),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert "没有收全" in answer.json()["detail"]
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("kind", [FORM, MULTIPART_CONTENT])
def test_a_correction_that_was_cut_is_not_saved(client, library, kind):
    client.force_login(User.objects.create_superuser("editor"))
    clause = library.plan.provisions.exclude(text="").first()
    page = reverse("desk:question", args=["provision", clause.pk])
    form = client.get(page).context
    typed = {name: form["form"][name].value() or "" for name in form["form"].fields if name != "text"}
    typed = {"seen": form["page"].seen, "do": "correct", **typed, "text": f"{clause.text}{'又一句。' * 100}"}
    body = urlencode(typed).encode() if kind == FORM else encode_multipart(BOUNDARY, typed)
    answer = cut(client, page, kind, body)
    assert (answer.status_code, "没有收全" in answer.content.decode()) == (400, True)
    assert not Action.objects.filter(verb="correct").exists()
    assert send(client, page, kind, BytesIO(body), len(body), "POST").status_code == 302
    assert Action.objects.filter(verb="correct").exists(), "the same form was right when whole"


@pytest.mark.parametrize("names", [["甲.txt"], ["甲.txt", "乙.txt", "丙.txt"]], ids=["one", "three"])
def test_of_an_upload_that_was_cut_nothing_is_taken(client, token, names):
    body = files(*names)
    told = cut(client, "/api/v1/runs/", MULTIPART_CONTENT, body, Authorization=f"Bearer {token}")
    assert (told.status_code, "没有收全" in told.json()["detail"]) == (400, True)
    client.force_login(User.objects.create_superuser("editor"))
    page = cut(client, reverse("desk:upload"), MULTIPART_CONTENT, body)
    assert (page.status_code, "没有收全" in page.content.decode()) == (400, True)
    assert not Run.objects.exists()


def test_a_cut_json_is_no_fault_of_its_writing(client, library, token):
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    body = json.dumps({"title": "新" * 99}).encode()
    told = cut(client, f"/api/v1/policies/{library.plan.pk}/", "application/json", body, "PATCH", **headers)
    assert (told.status_code, "没有收全" in told.json()["detail"]) == (400, True)


def test_a_length_that_is_no_number_is_no_body(client, library, token):
    for kind in (FORM, MULTIPART_CONTENT):
        assert send(client, "/login/", kind, BytesIO(b"a=b"), "abc", "POST").status_code == 200
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    path = f"/api/v1/policies/{library.plan.pk}/"
    assert send(client, path, "application/json", BytesIO(b"{}"), "abc", "PATCH", **headers).status_code == 400
