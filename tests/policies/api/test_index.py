"""The page for people lists what there is, and its examples work."""

import re
from contextlib import closing
from typing import Any

import pytest

from policies.api.urls import router
from policies.exports.documents import DOCUMENTS
from policies.exports.files import formats_of
from policies.exports.kinds import KINDS

pytestmark = pytest.mark.django_db


def test_it_lists_every_resource_with_its_parameters(client):
    page = client.get("/api/").content.decode()
    views: list[tuple[str, Any, str]] = router.registry
    for prefix, view, _ in views:
        assert f"/api/v1/{prefix}/" in page
        for parameter in view.filterset_class.base_filters:
            assert f"<code>{parameter}</code>" in page
    for prefix in ("runs", "batches"):
        row = page.partition(f"/api/v1/{prefix}/</code>")[2].partition("</tr>")[0]
        assert "<code>page_size</code>" in row
        assert ("<code>created_on_min</code>" in row) == (prefix == "runs")
    assert "/api/v1/schema/" in page


def test_it_lists_every_download(client):
    page = client.get("/api/").content.decode()
    for kind in KINDS.values():
        for made in formats_of(kind):
            address = f"/api/v1/exports/{kind.name}.{made.ending}"
            assert f'<a href="{address}">' in page
            with closing(client.get(address)) as file:
                assert file.status_code == 200, address
    for ending in DOCUMENTS:
        assert f"/api/v1/exports/policies/编号.{ending}" in page


def test_it_lists_what_is_written(client):
    page = client.get("/api/").content.decode()
    for written in ("POST /api/v1/runs/", "PATCH /api/v1/targets/", "/api/v1/doubts/", "/api/v1/actions/"):
        assert written in page
    assert 'id="invalid-fields"' in page


def test_its_examples_are_answered(client, indexed):
    page = client.get("/api/").content.decode()
    examples = [link.replace("&amp;", "&") for link in re.findall(r'href="(/api/v1/[^"]*\?[^"]*)"', page)]
    assert len(examples) >= 4
    for example in examples:
        response = client.get(example)
        assert response.status_code in {200, 400}, example
        if response.status_code == 400:  # a province that this small base does not have
            assert response.json()["errors"][0]["parameter"] == "region", example


def test_the_page_to_try_it_on_takes_nothing_from_elsewhere(client):
    response = client.get("/api/try/")
    page = response.content.decode()
    assert "'unsafe" not in response["Content-Security-Policy"]
    used = re.findall(r'(?:src|stylesheet" href)="([^"]+)"', page)
    assert any("swagger-ui-bundle" in address for address in used)
    assert '"/api/v1/schema/"' in client.get("/api/try/script/").content.decode()
    for address in used:
        assert address.startswith(("/static/", "/api/try/")), address
        with closing(client.get(address)) as asset:
            assert asset.status_code == 200, address
