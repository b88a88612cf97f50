"""Uploading: what is text becomes a run, everything else is refused with its reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ingest.models import Batch, Run
from ingest.tasks import run_ingest
from tests.ingest.builders import zipped

pytestmark = pytest.mark.usefixtures("sent")
URL = "/desk/upload/"
TEXT = "大数据发展动态\n第一行\n".encode()


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def upload(client, content, name="驿站.txt", **fields):
    return client.post(URL, {"file": SimpleUploadedFile(name, content), **fields})


def test_a_text_becomes_a_run(desk, editor):
    answer = upload(desk, TEXT)
    run = Run.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("desk:run", args=[run.pk]))
    assert (run.filename, bytes(run.content), run.created_by, run.batch) == ("驿站.txt", TEXT, editor, None)


def test_many_files_become_a_batch_that_names_what_it_refused(desk):
    files = [
        SimpleUploadedFile("甲.txt", TEXT),
        SimpleUploadedFile("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99),
        SimpleUploadedFile("大.txt", b"a" * (20 * 1024**2 + 1)),
        SimpleUploadedFile("包.zip", zipped({"2031/乙.txt": TEXT, "空.txt": b""})),
    ]
    answer = desk.post(URL, {"file": files})
    batch = Batch.objects.get()
    assert answer.headers["Location"] == batch.get_absolute_url()
    assert [run.filename for run in batch.runs.order_by("filename")] == ["包.zip／2031/乙.txt", "甲.txt"]
    assert [file["name"] for file in batch.refused] == ["图.png", "包.zip／空.txt", "大.txt"]
    page = desk.get(batch.get_absolute_url()).content.decode()
    assert "PNG 图片" in page
    assert "超过 20 MB" in page


def test_too_many_files_are_refused_by_name(desk, monkeypatch):
    monkeypatch.setattr("ingest.uploading.MOST", 2)
    desk.post(URL, {"file": [SimpleUploadedFile(f"{name}.txt", TEXT) for name in "甲乙丙"]})
    batch = Batch.objects.get()
    assert batch.runs.count() == 2
    assert [file["name"] for file in batch.refused] == ["丙.txt"]


def test_an_archive_of_one_file_is_that_file(desk):
    assert upload(desk, zipped({"甲.txt": TEXT, "__MACOSX/._甲.txt": b"x"}), "包.zip").status_code == 302
    assert Run.objects.get().batch is None


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 400, "空的"),
        (b" \n\t\n", 400, "没有任何文字"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, 400, "图片"),
        (b"\x00\x01\x02\x03" * 500, 400, "不是文本"),
        (bytes(range(128, 256)) * 50, 400, "无法识别文件的编码"),
        (b"a" * (20 * 1024**2 + 1), 413, "超过 20 MB"),
        (("五十兆的文字" * 100 + "\n").encode() * 28_000, 413, "超过 20 MB"),
    ],
    ids=["empty", "blank", "picture", "binary", "no encoding", "just too large", "50 MB"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(desk, content, status, words):
    answer = upload(desk, content)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_usual_encoding_is_welcome(desk, encoding):
    content = ("大数据发展动态，第一行说的是驿站。\n" * 20).encode(encoding)
    assert upload(desk, content).status_code == 302


def test_a_damaged_pdf_keeps_no_request_busy_and_is_refused_by_its_run(desk):
    assert upload(desk, b"%PDF-1.7 ...", "驿站.pdf").status_code == 302
    run = Run.objects.get()
    run_ingest(str(run.pk))
    run.refresh_from_db()
    assert run.state == "failed"
    assert "PDF 文件已损坏" in run.message


def test_a_form_without_a_file_is_refused(desk):
    assert desk.post(URL, {}).status_code == 400


def test_readers_and_strangers_upload_nothing(client, reader):
    assert upload(client, TEXT).headers["Location"].startswith("/login/")
    client.force_login(reader)
    assert upload(client, TEXT).status_code == 403
    assert not Run.objects.exists()


def test_the_form_is_protected_from_other_sites(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert upload(client, TEXT).status_code == 403
    client.get(URL)
    token = client.cookies["csrftoken"].value
    assert upload(client, TEXT, csrfmiddlewaretoken=token).status_code == 302
    assert upload(client, b"a" * (20 * 1024**2 + 1), csrfmiddlewaretoken=token).status_code == 413
