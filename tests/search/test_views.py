"""The search page, as a browser asks for it, and the same search as feed and table."""

import csv
from datetime import date
from io import StringIO
from unittest.mock import Mock
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from policies.models import State
from search import indexing, results, views
from search.asking import MOST_CHOSEN
from search.engines.base import IndexMissingError
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
    made = policy(
        "浙江省驿站规划", *[f"第{n}座驿站<i>。" for n in range(45)], region=zhejiang, issued_on=date(2033, 2, 1)
    )
    for number in range(24):
        policy(f"浙江省第{number}号客舍办法", "客舍。", "客舍的管理。", region=zhejiang, kind="law")
    policy("未发布的客舍公告", "客舍草稿。", state=State.DRAFT)
    indexing.rebuild()
    return made


def test_before_a_search_it_says_how(page, base):
    text = page()
    assert "怎样检索" in text
    assert "共 " not in text


def test_hits_with_marks_links_and_counts(page, base):
    text = page(q="座驿站")
    assert "共 45 条条款，在 1 项政策中" in text
    assert "第44<mark>座驿站</mark>&lt;i&gt;。" in text or "第0<mark>座驿站</mark>&lt;i&gt;。" in text
    assert f'href="{base.get_absolute_url()}?q=%E5%BA%A7%E9%A9%BF%E7%AB%99#art_' in text
    assert 'href="?q=%E5%BA%A7%E9%A9%BF%E7%AB%99&amp;region=330000"' in text
    assert text.count("<mark>") == 3
    assert "这项政策中另有 42 条" in text


def test_inside_one_policy_all_its_clauses_are_shown(page, base):
    text = page(q="座驿站", policy=base.pk)
    assert "共 45 条条款，在 1 项政策中；第 1 / 3 页" in text
    assert "第 1—20 条，共 45 条" in text
    assert text.count("<mark>") == 20
    assert page(q="座驿站", policy=base.pk, page=3).count("<mark>") == 5
    assert "只在所选的 1 项政策中检索" in text
    assert "另有" not in text


def test_inside_several_policies_each_is_shown_once(page, base):
    other = policy("另一座驿站规划", "第一座驿站。")
    indexing.rebuild()
    text = page(q="座驿站", policy=[base.pk, other.pk])
    assert "共 46 条条款，在 2 项政策中。" in text
    assert "只在所选的 2 项政策中检索" in text
    assert text.count('class="title"') == 2
    assert "另有 42 条" in text


def test_pages_go_up_to_the_end_and_keep_the_search(page, base):
    first = page(q="客舍", region="330000", kind="law")
    assert "共 48 条条款，在 24 项政策中；第 1 / 3 页" in first
    assert first.count("<mark>") == 20
    last = page(q="客舍", region="330000", kind="law", page=3)
    assert last.count("<mark>") == 8
    assert "region=330000&amp;" in last
    assert "page=1" in last
    assert page(q="客舍", page=99).count("<mark>") == 8


@pytest.mark.parametrize("number", ["-1", "x", "0", "+2", " 2", "1_0", "２", "9" * 30])
def test_what_is_no_page_number_is_the_first_page(page, base, number: str):
    text = page(q="客舍", page=number)
    assert "第 1 / 3 页" in text
    assert text.count("<mark>") == 20


def test_sorted_by_date(page, base):
    text = page(q="驿站 OR 客舍", sort="date")
    assert text.index("浙江省驿站规划") < text.index("号客舍办法")
    assert 'aria-current="true">日期' in text


def test_an_article_named_by_its_policy_is_offered_beside_the_hits(page, base):
    text = page(q="驿站规划 第四十五条")
    assert f'<a href="{base.get_absolute_url()}#art_45">浙江省驿站规划 第45条</a>' in text
    assert "除上列条文外，没有条款含有这些内容" in text
    assert "标题相符的政策" in page(q="驿站规划")


def test_in_whole_policies(page):
    policy("驿站规划", "驿站。", "渡口。")
    policy("驿站方案", "驿站。")
    indexing.rebuild()
    assert "共 0 条条款" in page(q="驿站 渡口")
    assert "共 2 条条款，在 1 项政策中" in page(q="驿站 渡口", scope="policy")


def test_the_loose_mode_is_offered_where_the_exact_one_finds_nothing(page, client):
    made = policy("驿站规划", "数据要共享，也要开放。")
    indexing.rebuild()
    offer = page(q="开放共享数据")
    assert "按词检索</a>可以找到 1 条" in offer
    assert "loose=1" in offer
    loosely = page(q="开放共享数据", loose=1)
    assert "<mark>数据</mark>要<mark>共享</mark>，也要<mark>开放</mark>" in loosely
    (address,) = [
        part.split('"')[0] for part in loosely.split('href="') if part.startswith(made.get_absolute_url() + "?")
    ]
    clause = client.get(address.replace("&amp;", "&").split("#")[0]).content.decode()
    assert "<mark>共享</mark>" in clause
    assert "按词检索" not in page(q="没有")


def test_what_finds_more_is_offered_where_nothing_is_found_and_only_that(page):
    policy("驿站规划", "驿站要共享数据。", "渡口要开放。", region=region("330000", "浙江省"))
    indexing.rebuild()
    offer = page(q="驿站 渡口")
    assert 'scope=policy">在整篇政策中检索</a>可以找到 2 条' in offer
    assert "按词检索" not in offer
    filtered = page(q="驿站", region="510000")
    assert 'href="?q=%E9%A9%BF%E7%AB%99">去掉全部筛选</a>可以找到 1 条' in filtered
    assert "整篇政策中" not in filtered
    assert "去掉全部筛选" not in page(q="没有", region="510000")
    least = page(q="开放渡口共享驿站", kind="law")
    assert 'scope=policy&amp;loose=1">同时放宽几项</a>可以找到 2 条：去掉筛选，拆成词，各在政策的' in least
    looser = page(q="共享驿站数据", kind="law")
    assert '&amp;loose=1">同时放宽几项</a>可以找到 1 条：去掉筛选，拆成词，各在条款的' in looser
    assert "可以换个说法" in page(q="没有")


def test_each_word_is_told_with_what_it_finds_where_no_looser_search_finds_anything(page):
    policy("驿站规划", "驿站要共享数据。", "驿站要开放。")
    indexing.rebuild()
    told = page(q="驿站 客舍")
    assert "分开来找：" in told
    assert '<a href="?q=%E9%A9%BF%E7%AB%99">“驿站”</a>可以找到 2 条' in told
    assert "<li>“客舍”可以找到 0 条" in told
    assert '">“驿站”</a>可以找到 2 条' in page(q="地区:火星 驿站")
    assert "分开来找（去掉筛选）" in page(q="驿站 客舍", kind="law")
    many = page(q="驿站 客舍 一一 二二 三三 四四")
    assert "“三三”可以找到 0 条" in many
    assert "“四四”可以" not in many
    assert "可以换个说法" in page(q="渡口 客舍")


def test_a_region_among_the_words_is_offered_as_one_to_choose(page, base):
    text = page(q="浙江省 客舍的管理")
    assert 'href="?q=%E5%AE%A2%E8%88%8D%E7%9A%84%E7%AE%A1%E7%90%86&amp;region=330000"' in text
    assert "可以找到 24 条" in text
    assert "在地区中选" not in page(q="浙江省 渡口")
    assert "在地区中选" not in page(q="客舍的管理")


@pytest.mark.parametrize("query", ["NOT 浙江省 驿站 客舍", "浙江省 AND 客舍的管理"])
def test_a_region_that_an_operator_takes_is_not_offered(page, base, query):
    text = page(q=query)
    assert "共 0 条" in text
    assert "在地区中选" not in text


@pytest.mark.parametrize(
    ("asked", "questions"),
    [
        ({}, 1),
        ({"kind": "law"}, 2),
        ({"loose": 1}, 1),
        ({"scope": "policy"}, 1),
        ({"scope": "policy", "kind": "law"}, 2),
    ],
)
def test_the_index_is_asked_the_same_once(page, base, monkeypatch, asked, questions):
    """A word that nothing holds: neither loosely nor in a whole policy is that another question."""
    find = Mock(wraps=results.find)
    monkeypatch.setattr(results, "find", find)
    assert "可以换个说法" in page(q="没有", **asked)
    assert find.call_count == questions


def test_an_index_that_goes_away_between_search_and_offers_is_said(page, base, monkeypatch):
    monkeypatch.setattr(views, "widened", Mock(side_effect=IndexMissingError))
    assert "索引还没有建好" in page(status=503, q="没有")


def test_the_whole_search_as_a_table(client, base):
    policy("=1+1的政策", "@驿站", region=region("330000", "浙江省"))
    indexing.rebuild()
    response = client.get(reverse("search:csv"), {"q": "驿站", "sort": "date"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response).decode()
    assert text.startswith("\ufeff政策,")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 46
    assert [row["条款全文"] for row in rows[:2]] == ["第0座驿站<i>。", "第1座驿站<i>。"]
    assert rows[0]["网址"] == f"http://testserver{base.get_absolute_url()}#art_1"
    assert (rows[-1]["政策"], rows[-1]["条款全文"]) == ("'=1+1的政策", "'@驿站")


def test_the_newest_of_a_search_as_a_feed(client, base):
    response = client.get(reverse("search:feed"), {"q": "驿站 OR 客舍"})
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314 our own feed
    atom = {"": "http://www.w3.org/2005/Atom"}
    assert len(feed.findall("entry", atom)) == 30
    assert feed.findtext("entry/title", namespaces=atom) == "浙江省驿站规划 第1条"
    assert feed.findtext("entry/id", namespaces=atom) == f"http://testserver{base.get_absolute_url()}#art_1"


def test_a_feed_reader_is_told_that_nothing_is_new(client, base):
    first = client.get(reverse("search:feed"), {"q": "驿站"})
    again = {"headers": {"If-None-Match": first["ETag"]}}
    assert client.get(reverse("search:feed"), {"q": "驿站"}, **again).status_code == 304
    assert client.get(reverse("search:feed"), {"q": "客舍"}, **again).status_code == 200


def test_a_table_for_readers_ends_somewhere(client, admin_client, page, base, monkeypatch):
    monkeypatch.setattr(views, "MOST_ROWS", 40)

    def rows(client) -> int:
        text = b"".join(client.get(reverse("search:csv"), {"q": "座驿站"})).decode()
        return len(list(csv.DictReader(StringIO(text))))

    assert (rows(client), rows(admin_client)) == (40, 45)
    assert "下载前 40 条" in page(q="座驿站")
    assert "下载全部结果" in page(q="第44座驿站")


def test_no_control_character_gets_into_a_feed(client, base):
    response = client.get(reverse("search:feed"), {"q": "\x01座驿站\x0b \x00\uffff"})
    feed = ElementTree.fromstring(response.content)  # noqa: S314 our own feed
    assert feed.findtext("title", namespaces={"": "http://www.w3.org/2005/Atom"}) == "检索：座驿站"


@pytest.mark.parametrize("name", ["search:csv", "search:feed"])
def test_drafts_are_in_no_table_and_no_feed(client, base, name):
    response = client.get(reverse(name), {"q": "草稿"})
    assert "草稿。" not in b"".join(response).decode()


@pytest.mark.parametrize("name", ["search:csv", "search:feed"])
def test_without_an_index_tables_and_feeds_say_so(client, name):
    assert client.get(reverse(name), {"q": "驿站"}).status_code == 503


def test_a_chosen_filter_can_be_taken_off(page, base):
    text = page(q="驿站", kind="law")
    assert "在所选的筛选条件下没有找到" in text
    assert 'aria-current="true"' in text
    assert 'href="?q=%E9%A9%BF%E7%AB%99"' in text


def test_hundreds_of_values_of_a_filter_make_no_huge_page(page, base):
    text = page(q="驿站", kind=["law", "law", "", *(f"k{n}" for n in range(400))])
    assert text.count("已选，点击去掉") == MOST_CHOSEN
    assert len(text) < 150_000


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
    assert "超过 800 个字的上限" in page(q="驿站 " * 3333)


def test_editors_find_what_is_not_published(page, base, admin_client):
    assert "共 0 条" in page(q="客舍草稿")
    text = admin_client.get(reverse("search:search"), {"q": "客舍草稿"}).content.decode()
    assert "共 1 条" in text
    assert "草稿</span>" in text


def test_without_an_index_it_says_so(page):
    assert "索引还没有建好" in page(status=503, q="驿站")


def test_query_count_does_not_grow_with_hits(page, base, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page(q="驿站")
