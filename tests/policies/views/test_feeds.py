"""Atom feeds of the newest policies."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from policies.models import Review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
ATOM = {"": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def titles(client):
    """What a feed's entries are called."""

    def fetch(name: str, *args) -> list[str]:
        response = client.get(reverse(f"policies:{name}", args=args))
        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(response.content)  # noqa: S314 our own feed
        return sorted(entry.findtext("title", "", ATOM) for entry in root.findall("entry", ATOM))

    return fetch


def test_all_published_policies_even_for_editors(titles, client, library, editor):
    assert titles("feed") == ["青川省数字经济促进条例", "青川省算力行动方案"]
    client.force_login(editor)
    assert titles("feed") == ["青川省数字经济促进条例", "青川省算力行动方案"]


def test_of_a_region_with_its_places(titles, library):
    assert titles("region_feed", library.province.code) == ["青川省数字经济促进条例", "青川省算力行动方案"]
    assert titles("region_feed", library.city.code) == []


def test_of_an_agency_what_it_issued_and_what_it_is_told_to_do(titles, library):
    assert titles("agency_feed", library.bureau.pk) == ["青川省数字经济促进条例", "青川省算力行动方案"]
    assert titles("agency_feed", library.finance.pk) == ["青川省算力行动方案"]
    library.plan.responsibility_set.update(review=Review.REJECTED)
    assert titles("agency_feed", library.finance.pk) == []


def test_what_xml_cannot_say_is_left_out(titles, library):
    library.law.title, library.law.editor_note = "条例\x0b甲", "一\x0c二\x1b三"
    library.law.save()
    assert "条例 甲" in titles("feed")


def test_ids_are_whole_addresses_and_notes_no_markup(client, library):
    library.law.editor_note = "甲<b>乙</b>\n丙"
    library.law.save()
    root = ElementTree.fromstring(client.get(reverse("policies:feed")).content)  # noqa: S314 our own feed
    told = {
        entry.findtext("id", "", ATOM): entry.findtext("summary", "", ATOM) for entry in root.findall("entry", ATOM)
    }
    address = f"http://testserver{library.law.get_absolute_url()}"
    assert told[address] == "<p>甲&lt;b&gt;乙&lt;/b&gt;<br>丙</p>"


def test_nobody_there(client, library):
    assert client.get(reverse("policies:region_feed", args=["999999"])).status_code == 404
    assert client.get(reverse("policies:agency_feed", args=[999999])).status_code == 404


def test_pages_name_their_feeds(client, library):
    page = client.get(library.province.get_absolute_url()).content.decode()
    assert reverse("policies:region_feed", args=[library.province.code]) in page
    assert reverse("policies:feed") in page
