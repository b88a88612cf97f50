"""Clauses put aside on the way."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from policies import clippings as kept

pytestmark = pytest.mark.django_db
PAGE = "policies:clippings"


def clip(client, policy, eid: str, status: int = 302):
    answer = client.post(reverse("policies:clip"), {"policy": policy.slug, "eid": eid})
    assert answer.status_code == status
    return answer


def test_clauses_are_kept_in_order_with_targets_and_citations(client, library):
    assert "还没有收下什么" in client.get(reverse(PAGE)).content.decode()
    answer = clip(client, library.plan, "sec_1")
    assert answer.headers["Location"] == f"{library.plan.get_absolute_url()}cite/?clause=sec_1"
    clip(client, library.law, "chp_1__art_2")
    clip(client, library.plan, "sec_1")
    page = client.get(reverse(PAGE)).content.decode()
    assert page.count('class="title"') == 2
    assert page.index("青川省算力行动方案") < page.index("青川省数字经济促进条例")
    assert "(2024-01-30): 第一章第二条[" in page
    assert "智算中心 <strong>12 个</strong>" in page
    assert "被否决的目标" not in page
    assert "摘编（2）" in page


def test_downloads(client, library):
    clip(client, library.plan, "sec_1")
    text = client.get(reverse(PAGE), {"format": "text"}).content.decode()
    assert text.startswith("[1] 《青川省算力行动方案》一\n总体目标\n到2025年")
    assert "目标：智算中心，12 个，2025年" in text
    assert "\n\n引用\n[1] 青川省" in text
    rows = b"".join(client.get(reverse(PAGE), {"format": "csv"})).decode().removeprefix("\ufeff")
    (row,) = csv.DictReader(StringIO(rows))
    assert (row["政策"], row["条款"], row["标题"]) == ("青川省算力行动方案", "一", "总体目标")


def test_one_is_taken_away_or_all(client, library):
    for eid in ("chp_1__art_1", "chp_1__art_2"):
        clip(client, library.law, eid)
    client.post(reverse("policies:clip"), {"policy": library.law.slug, "eid": "chp_1__art_1", "remove": "1"})
    page = client.get(reverse(PAGE)).content.decode()
    assert page.count('class="title"') == 1
    client.post(reverse("policies:clear_clippings"))
    assert "还没有收下什么" in client.get(reverse(PAGE)).content.decode()


def test_drafts_and_what_is_not_there(client, library, editor):
    clip(client, library.draft, "sec_1", 404)
    clip(client, library.law, "art_99", 404)
    clip(client, library.law, "\x00", 404)
    client.force_login(editor)
    clip(client, library.draft, "sec_1")
    library.law.provisions.filter(eid="chp_1__art_1").delete()
    assert client.get(reverse(PAGE)).content.decode().count('class="title"') == 1


def test_there_is_an_end(client, library, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 1)
    clip(client, library.law, "chp_1__art_1")
    clip(client, library.law, "chp_1__art_2")
    assert "最多收 1 条" in client.get(reverse(PAGE)).content.decode()


def test_nothing_is_changed_by_following_a_link(client, library):
    assert client.get(reverse("policies:clip")).status_code == 405
    assert client.get(reverse("policies:clear_clippings")).status_code == 405
