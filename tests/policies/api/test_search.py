"""Search over the API: what is found, where it stands, and what was not understood."""

import pytest

from search import indexing
from search.query import LONGEST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_base")]


def test_a_hit_says_what_was_found_and_where(get, indexed):
    answer = get("search/", q="新建驿站")
    assert (answer["total"], answer["page"], answer["pages"], answer["messages"]) == (1, 1, 1, [])
    (hit,) = answer["hits"]
    assert (hit["path"], hit["eid"], hit["type"]) == ("一/——1", "sec_1__goal_1", "goal")
    assert hit["policy"]["slug"] == indexed.plan.slug
    ((start, end),) = hit["highlights"]
    assert hit["text"][start:end] == "新建驿站"
    assert "<mark>新建驿站</mark>" in hit["snippet"]
    assert hit["page_url"].startswith("http://testserver/policies/")
    assert hit["page_url"].endswith("#sec_1__goal_1")
    assert get(f"provisions/{hit['id']}/")["path"] == hit["path"]


@pytest.mark.parametrize(
    ("parameters", "total"),
    [
        ({"region": "浙江"}, 1),
        ({"region": "福建"}, 0),
        ({"kind": "plan"}, 1),
        ({"kind": "law"}, 0),
        ({"level": "province"}, 1),
        ({"year": 2031}, 1),
        ({"year": 2030}, 0),
        ({"column": "地方新政"}, 1),
        ({"issue": "2031-1"}, 1),
    ],
)
def test_filters(get, indexed, parameters, total):
    assert get("search/", q="新建驿站", **parameters)["total"] == total


def test_the_agency_filter_takes_an_id(get, indexed):
    assert get("search/", q="新建驿站", agency=indexed.data_bureau.pk)["total"] == 1
    assert get("search/", q="供水企业", agency=indexed.data_bureau.pk)["total"] == 0


def test_facets_count_the_hits(get, indexed):
    facets = get("search/", q="新建驿站", kind="plan")["facets"]
    assert facets["kind"] == [{"value": "plan", "label": "规划", "count": 1, "selected": True}]


def test_what_a_query_does_not_mean_is_said(get, indexed):
    answer = get("search/", q="地区:亚特兰蒂斯 驿站")
    assert answer["total"] == 0
    (message,) = answer["messages"]
    assert "亚特兰蒂斯" in message["text"]
    assert answer["query"][message["start"] : message["end"]] == "地区:亚特兰蒂斯"


def test_only_editors_find_drafts(get, client, indexed, editor):
    indexed.draft.provisions.update(text="一句草稿里的话")
    indexing.rebuild()
    assert get("search/", q="草稿里的话")["total"] == 0
    client.force_login(editor)
    assert get("search/", q="草稿里的话")["total"] == 1


def test_pages(get, refused, indexed):
    first, second = (get("search/", q="供水企业 OR 驿站 OR 总则", page_size=1, page=page) for page in (1, 2))
    assert first["total"] == second["total"] == first["pages"] > 1
    assert first["hits"][0]["id"] != second["hits"][0]["id"]
    assert "没有第 99 页" in refused("search/", 404, q="驿站", page=99)["detail"]


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({}, "q"),
        ({"q": "  "}, "q"),
        ({"q": "驿" * 1001}, "q"),
        ({"q": "驿站", "kind": "laws"}, "kind"),
        ({"q": "驿站", "regoin": "浙江"}, "regoin"),
        ({"q": "驿站", "region": "亚特兰蒂斯"}, "region"),
        ({"q": "驿站", "agency": "省数据局"}, "agency"),
        ({"q": "驿站", "agency": "999999999"}, "agency"),
        ({"q": "驿站", "agency": "9" * 30}, "agency"),
        ({"q": "驿站", "column": "地方旧政"}, "column"),
        ({"q": "驿站", "issue": "第1期"}, "issue"),
        ({"q": "驿站", "page": "0"}, "page"),
        ({"q": "驿站", "page": "9" * 30}, "page"),
        ({"q": "驿" * (LONGEST + 1)}, "q"),
        ({"q": "驿站", "page_size": "201"}, "page_size"),
    ],
)
def test_faulty_parameters_are_refused(refused, indexed, parameters, named):
    (fault,) = refused("search/", **parameters)["errors"]
    assert fault["parameter"] == named


def test_a_long_value_is_not_repeated_whole(refused, indexed):
    detail = refused("search/", q="驿" * (LONGEST + 1))["detail"]
    assert "驿驿…" in detail
    assert len(detail) < 150


def test_without_an_index_the_answer_is_503(refused, base, settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path
    assert "index" in refused("search/", 503, q="驿站")["detail"]


def test_a_search_asks_a_fixed_number_of_queries(get, indexed, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert get("search/", q="供水企业 OR 驿站")["total"] > 1
