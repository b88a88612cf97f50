"""The search page, as a browser asks for it."""

import pytest
from django.urls import reverse

from policies.models import State
from search import indexing
from tests.search.builders import policy, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    """Fetches the search page: page(q=…, region=[…]) → text."""

    def fetch(status: int = 200, **parameters) -> str:
        response = client.get(reverse("search:search"), parameters)
        assert response.status_code == status
        return response.content.decode()

    return fetch


@pytest.fixture
def base():
    zhejiang = region("330000", "浙江省")
    made = policy("浙江省驿站规划", *[f"第{n}座驿站<i>。" for n in range(45)], region=zhejiang)
    policy("未发布的客舍公告", "客舍草稿。", state=State.DRAFT)
    indexing.rebuild()
    return made


def test_before_a_search_it_says_how(page, base):
    text = page()
    assert "怎样检索" in text
    assert "共 " not in text


def test_hits_with_marks_links_and_counts(page, base):
    text = page(q="座驿站")
    assert "共 45 条条款，第 1 / 3 页" in text
    assert "第44<mark>座驿站</mark>&lt;i&gt;。" in text or "第0<mark>座驿站</mark>&lt;i&gt;。" in text
    assert f'href="{base.get_absolute_url()}?q=%E5%BA%A7%E9%A9%BF%E7%AB%99#art_' in text
    assert 'href="?q=%E5%BA%A7%E9%A9%BF%E7%AB%99&amp;region=330000"' in text
    assert text.count("<mark>") == 20


def test_pages_go_up_to_the_end_and_keep_the_search(page, base):
    last = page(q="驿站", region="330000", page=3)
    assert last.count("<mark>") == 5
    assert "region=330000&amp;page=1" in last.replace("page=1&amp;region=330000", "region=330000&amp;page=1")
    for beyond in ("99", "999999999999999999999", "-1", "x", "0"):
        assert "<mark>" in page(q="驿站", page=beyond)
    assert page(q="驿站", page=99).count("<mark>") == 5


def test_a_chosen_filter_can_be_taken_off(page, base):
    text = page(q="驿站", kind="law")
    assert "在所选的筛选条件下没有找到" in text
    assert 'aria-current="true"' in text
    assert 'href="?q=%E9%A9%BF%E7%AB%99"' in text


def test_no_hits(page, base):
    text = page(q="没有这样的话")
    assert "共 0 条" in text
    assert "没有条款含有这些内容" in text


def test_a_malformed_query_is_explained(page, base):
    text = page(q="(驿站 座")
    assert "括号没有配对" in text
    assert "（第 1 字）" in text
    assert "<mark>" in text


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7|add:7 }}",
        "' OR 1=1 --",
        "\x00驿站",
        "%00\ud800",
    ],
)
def test_markup_in_a_query_stays_text(client, base, query: str):
    response = client.get(
        reverse("search:search"), {"q": query.encode("utf-8", "replace"), "region": query.encode("utf-8", "replace")}
    )
    assert response.status_code == 200
    text = response.content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_ten_thousand_characters_are_refused_kindly(page, base):
    assert "超过 1000 个字的上限" in page(q="驿站 " * 3333)


def test_editors_find_what_is_not_published(page, base, admin_client):
    assert "共 0 条" in page(q="客舍草稿")
    text = admin_client.get(reverse("search:search"), {"q": "客舍草稿"}).content.decode()
    assert "共 1 条" in text
    assert "草稿</span>" in text


def test_without_an_index_it_says_so(page):
    assert "索引还没有建好" in page(status=503, q="驿站")


def test_query_count_does_not_grow_with_hits(page, base, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page(q="驿站")
