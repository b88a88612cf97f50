"""What is withdrawn is gone for readers, wherever it could be met."""

import pytest
from django.urls import reverse

from policies.actions.withdraw import withdraw
from search import indexing

PLAN, LAW = "青川省算力行动方案", "青川省数字经济促进条例"
LISTS = {  # what readers see, by what of the issue is on it
    "/": "条例",
    "/issues/": "2024年第7期",
    "/policies/": PLAN,
    "/regions/510000/": PLAN,
    "/topics/computing/": PLAN,
    "/targets/": "智算中心",
    "/targets/csv/": "智算中心",
    "/targets/compare/?indicator=智算": PLAN,
    "/feed/": PLAN,
    "/regions/510000/feed/": PLAN,
    "/sitemap-policies.xml": "2023-",
    "/sitemap-issues.xml": "2024-7",
    "/search/?q=算力": PLAN,
    "/search/csv/?q=算力": PLAN,
    "/search/feed/?q=算力": PLAN,
    "/search/suggestions/?q=算力行": PLAN,
    "/clippings/": PLAN,
    "/clippings/?format=text": PLAN,
    "/clippings/?format=csv": PLAN,
    "/api/v1/issues/": "2024",
    "/api/v1/policies/": PLAN,
    "/api/v1/provisions/": "智算中心",
    "/api/v1/targets/": "智算中心",
    "/api/v1/search/?q=算力": PLAN,
}
OWN = ("", "source/", "cite/?clause=sec_1", "problem/")  # pages of a policy


@pytest.fixture
def indexed(library, settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "index"
    indexing.rebuild()
    return library


def words(response) -> str:
    content = response.streaming_content if response.streaming else [response.content]
    return b"".join(content).decode()


def test_readers_meet_it_nowhere(client, indexed):
    clause = {"policy": indexed.plan.slug, "eid": "sec_1"}
    client.post(reverse("policies:clip"), clause)
    own = [indexed.plan.get_absolute_url() + rest for rest in OWN] + [
        indexed.issue.get_absolute_url(),
        f"/api/v1/issues/{indexed.issue.pk}/",
        f"/api/v1/policies/{indexed.plan.pk}/",
    ]
    compared = f"/policies/compare/?policy={indexed.plan.slug}&policy={indexed.law.slug}"
    agency = indexed.bureau.get_absolute_url()
    lists = {**LISTS, compared: PLAN, agency: PLAN, f"{agency}feed/": PLAN}
    assert [address for address, what in lists.items() if what not in words(client.get(address))] == []
    assert [address for address in own if client.get(address).status_code != 200] == []

    withdraw(indexed.issue, user=None, note="有误")
    indexing.update()

    def tells(address: str) -> bool:
        told = words(client.get(address)).replace(address, "")
        return any(what in told for what in (PLAN, LAW, "智算中心", "2024年第7期"))

    assert [address for address in [*lists, *own] if tells(address)] == []
    assert [address for address in own if client.get(address).status_code != 404] == []
    assert client.post(reverse("policies:clip"), clause).status_code == 404
