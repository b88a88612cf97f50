"""Suggestions while typing."""

import pytest

pytestmark = pytest.mark.django_db


def test_what_may_be_meant(get, refused, base):
    found = get("suggestions/", q="宁波")["results"]
    assert {"kind": "region", "text": "宁波市", "page_url": "http://testserver/regions/330200/"} in found
    assert refused("suggestions/")["errors"][0]["parameter"] == "q"
    assert refused("suggestions/", q="宁" * 41)["errors"][0]["parameter"] == "q"
