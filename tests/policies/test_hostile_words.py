"""Words of documents are words everywhere: no page, feed, table or file takes markup, templates or formulas from them.

Every text of a loaded issue is made hostile where it is stored, and every address that a chief editor can reach from
the first pages is opened, one of each kind.
"""

import csv
import io
import json
import zipfile
from collections import Counter, deque
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Left, Replace
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import etree, html
from openpyxl import load_workbook

from ingest.actions import submit, submit_batch
from ingest.intake import File, Refused
from ingest.pipeline import ingest
from policies.actions.manage_keys import make_key
from policies.actions.reject import reject
from policies.exports.spreadsheets import FORMULA, NUMBER
from policies.models import ApiKey, Issue, Policy, Problem, Source, Table, Target

EVIL = "=1'\"><x-evil onerror=alert(1)>{{1234*5678}}{% now %}"
SAMPLE = settings.FIXTURES / "samples" / "2031-01.txt"
CODES = {"slug", "eid", "path", "sha256", "code", "rule", "op", "title_key", "cited_fragment"}  # the program's own
EACH = 1  # addresses opened of each kind
BEGIN = (
    "/", "/desk/", "/api/", "/api/v1/", "/search/?q=%3Cx-evil%20onerror%3D1%3E%7B%7B1234*5678%7D%7D", "/search/?q=数据",
    "/search/feed/?q=数据", "/search/csv/?q=数据", "/search/suggestions/?q=%3D1", "/feed/", "/exports/", "/sitemap.xml",
    "/api/v1/search/?q=数据", "/account/keys/", "/desk/accounts/", "/desk/runs/", "/desk/problems/", "/desk/actions/",
    "/clippings/", "/targets/compare/?indicator=%22%3E%3Cx-evil%3E",
)  # fmt: skip


@pytest.fixture
def chief(client, db, tmp_path: Path, settings, monkeypatch) -> Client:
    """A chief editor's browser, before an issue, a run, a batch and a reader's report whose every word is hostile."""
    settings.INDEX_FOLDER = tmp_path / "index"
    monkeypatch.setattr("ingest.runs.send", lambda run_id: None)
    call_command("loadgazetteer", verbosity=0)
    user = User.objects.create_superuser(f"b{EVIL}", password="x")
    ingest(SAMPLE.read_bytes(), SAMPLE.name, publish=True, user=user)
    for model in apps.get_app_config("policies").get_models():
        if model._meta.managed and model.__name__ not in ("Region", "Topic") and "pgh_id" not in vars(model):
            _spoil(model)
    for table in Table.objects.all():
        table.header = [EVIL for _ in table.header]
        table.rows = [[EVIL, *row[1:]] for row in table.rows]
        table.save()
    Source.objects.update(text=Replace("text", Value("。"), Value(f"。{EVIL}")), filename=f"{EVIL}.txt")
    Problem.objects.create(policy=Policy.objects.earliest("pk"), text=EVIL, sender="x")
    reject([Target.objects.earliest("pk")], user=user, note=EVIL)
    make_key(EVIL, ApiKey.Scope.EDIT, user=user)
    submit(EVIL.encode(), f"{EVIL}.txt", user=user)
    submit_batch([File(f"{EVIL}.md", b"x")], [Refused(f"{EVIL}.zip", "空的。")], user=user)
    call_command("index", "rebuild", verbosity=0)
    client.force_login(user)
    return client


def _spoil(model: type[models.Model]) -> None:
    """Put hostile words before every text of a model's rows that does not belong to the program itself."""
    for field in model._meta.concrete_fields:
        text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)
        free = not field.choices and field.name not in CODES and not field.primary_key
        if text and free and (field.max_length or 1000) >= 100:
            words = Left(Concat(Value(EVIL), F(field.name)), field.max_length or 1_000_000)
            model._default_manager.exclude(**{field.name: ""}).update(**{field.name: words})


def test_no_words_of_a_document_are_taken_for_anything_else(chief):
    queue, seen = deque(BEGIN), set(BEGIN)
    opened, kinds = Counter[str](), Counter[str]()
    while queue:
        address = queue.popleft()
        kind = _kind(address)
        if kind is None or opened[kind] >= EACH:
            continue
        opened[kind] += 1
        response = chief.get(address, follow=True)
        assert response.status_code < 500, address
        body = b"".join(response.streaming_content) if response.streaming else response.content
        media = response.headers.get("Content-Type", "").partition(";")[0]
        kinds[media] += 1
        for link in _check(media, body, address):
            found = urldefrag(urljoin(address, link))[0]
            if found not in seen and found.startswith("/"):
                seen.add(found)
                queue.append(found)
    assert len(opened) > 50, sorted(opened)
    assert "&lt;x-evil" in chief.get(Policy.objects.earliest("pk").get_absolute_url()).content.decode()
    assert EVIL in Issue.objects.get().cover_title
    assert {"text/html", "text/csv", "application/json", "application/atom+xml"} < set(kinds), kinds


def _kind(address: str) -> str | None:
    """The name of the page that an address leads to, with its ending; None for what is no page or leaves the site."""
    path = urlsplit(address).path
    try:
        name = resolve(path).view_name
    except Resolver404:
        return None
    return None if name == "logout" or path.startswith("/admin/") else f"{name}{Path(path).suffix}"


def _check(media: str, body: bytes, address: str) -> list[str]:
    """Fail for hostile words that came through; what the page links to."""
    if media == "text/html":
        return _check_page(body, address)
    if media.endswith("xml"):
        elements = list(etree.fromstring(body).iter("{*}*"))
        assert not [element for element in elements if etree.QName(element).localname == "x-evil"], address
        for told in (element for element in elements if element.get("type") == "html"):
            assert "<x-evil" not in (told.text or ""), address
    elif media == "text/csv":
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell)], address
    elif media.endswith("spreadsheetml.sheet"):
        book = load_workbook(io.BytesIO(body))
        assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"], address
    elif media.endswith("wordprocessingml.document"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            assert b"<x-evil" not in parts.read("word/document.xml"), address
    elif media.endswith("json"):
        json.loads(body)
    assert b"7006652" not in body, address
    return []


def _check_page(body: bytes, address: str) -> list[str]:
    assert b"<x-evil" not in body, address
    assert b"7006652" not in body, address
    root = html.fromstring(body) if body.strip() else html.Element("html")
    assert not root.xpath("//@*[starts-with(name(), 'on')]"), address
    links = [link for element in root.iter("*") for link in (element.get("href"), _option(element)) if link]
    assert not [link for link in links if link.strip().lower().startswith("javascript:")], address
    return links


def _option(element: html.HtmlElement) -> str:
    """The address that an option of a list leads to."""
    value = element.get("value", "") if element.tag == "option" else ""
    return value if value.startswith("/") else ""
