"""Forms take no more than people write into them, whoever sends it: no files, no thousands of fields."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse

from tests.pages import form_token

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/login/", "/api/v1/targets/1/confirm/"])
def test_a_file_in_a_form_without_files_is_not_stored(path, monkeypatch):
    def store(*args, **kwargs):
        pytest.fail("a file was stored")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", store)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_superuser("editor"))
    token = form_token(browser.get(reverse("policies:policies")))
    sent = {"csrfmiddlewaretoken": token, "file": BytesIO(b"1" * 4_000_000)}
    assert browser.post(path, sent).status_code in {302, 200, 415}


@pytest.mark.parametrize("path", ["/login/", "/desk/upload/"])
@pytest.mark.parametrize(
    ("sent", "limit"),
    [
        ({f"field{number}": "1" for number in range(1001)}, "字段超过 1000 个"),
        ({"text": "字" * 1_000_000}, "超过 2560 KB"),
        ({f"file{number}": BytesIO(b"1") for number in range(1001)}, "文件超过 1000 个"),
    ],
    ids=["fields", "long", "files"],
)
def test_too_large_a_form_is_told_which_limit_it_passed(client, path, sent, limit):
    client.force_login(User.objects.create_superuser("editor"))
    answer = client.post(path, sent)
    assert (answer.status_code, limit in answer.content.decode()) == (413, True)
