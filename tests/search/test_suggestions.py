"""What is suggested while a person types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from policies.models import Agency, Change, Policy, Review, State, Target, Topic
from search.suggestions import MOST, OF_EACH_KIND, Kind, suggest
from tests.search.builders import policy, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def base() -> Policy:
    made = policy("重庆市驿站规划", "驿站。", region=region("500000", "重庆市"))
    policy(
        "未发布的渡口公告", "渡口。", state=State.DRAFT, issuers=[Agency.objects.create(name="渡口筹备办", known=False)]
    )
    Agency.objects.create(name="重庆市经济和信息化委员会")
    Topic.objects.create(slug="post-stations", name="驿站", terms=["智慧驿站", "5G 驿站"])
    return made


def texts(typed: str, **asked) -> list[str]:
    return [suggestion.text for suggestion in suggest(typed, **asked)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("重庆", ["重庆市", "重庆市经济和信息化委员会", "重庆市驿站规划"]),
        ("重慶", ["重庆市", "重庆市经济和信息化委员会", "重庆市驿站规划"]),
        ("chongq", ["重庆市", "重庆市经济和信息化委员会", "重庆市驿站规划"]),
        ("zhihuiyi", ["智慧驿站"]),
        ("Zhi Hui", ["智慧驿站"]),
        ("zhyz", ["智慧驿站"]),
        ("yizhan", ["驿站", "智慧驿站", "5G 驿站", "重庆市驿站规划"]),
        ("信息化", ["重庆市经济和信息化委员会"]),
        ("xinxihua", ["重庆市经济和信息化委员会"]),
        ("5G驿", ["5G 驿站"]),
        ("5gyi", ["5G 驿站"]),
        ("izhan", []),
        ("渡口", []),
        ("", []),
        (" ", []),
        ("<script>", []),
        ("数" * 5000, []),
    ],
)
def test_by_characters_pinyin_and_initials(base, typed: str, expected: list[str]):
    assert texts(typed) == expected


@pytest.mark.parametrize("typed", ["渝经信", "经信委", "yujing", "yjxw"])
def test_an_agency_is_offered_once_by_its_other_names_too(base, typed: str):
    agency = Agency.objects.get(name="重庆市经济和信息化委员会")
    agency.names.create(name="渝经信委")
    agency.names.create(name="重庆渝经信委")
    assert texts(typed) == ["重庆市经济和信息化委员会"]


def test_what_begins_so_comes_first(base):
    Topic.objects.create(slug="a", name="新型驿站网络体系", terms=["驿站网络体系"])
    Change.objects.note([base.pk])
    assert texts("驿站")[:3] == ["驿站", "驿站网络体系", "智慧驿站"]


def test_what_begins_so_and_says_it_again_comes_first(base):
    Topic.objects.create(slug="b", name="灯塔与灯塔", terms=["老灯塔"])
    Change.objects.note([base.pk])
    assert texts("灯塔") == ["灯塔与灯塔", "老灯塔"]


def test_editors_are_offered_drafts_too(base):
    assert texts("渡口", include_unpublished=True) == ["渡口筹备办", "未发布的渡口公告"]


def test_indicators_are_offered_but_not_those_that_were_rejected(base):
    aim = {"policy": base, "line": 1, "quote": "驿站", "rule": "test", "op": "=", "value": 7, "unit": "座"}
    Target.objects.create(indicator="驿亭座数", **aim)
    Target.objects.create(indicator="驿亭误读", review=Review.REJECTED, **aim)
    assert texts("驿亭") == ["驿亭座数"]


def test_it_leads_to_the_search_of_a_term_and_to_the_page_of_everything_else(base):
    urls = {suggestion.kind: suggestion.url for suggestion in suggest("驿站")}
    assert urls[Kind.TITLE] == base.get_absolute_url()
    assert urls[Kind.TERM].startswith(reverse("search:search") + "?q=")


def test_no_kind_crowds_out_the_others(base):
    for number in range(30):
        policy(f"驿站{number}号规划", "无。")
    Topic.objects.create(slug="b", name="驿站管理", terms=[f"驿站{n}级" for n in range(30)])
    kinds = [suggestion.kind for suggestion in suggest("驿站")]
    assert len(kinds) == MOST
    assert kinds.count(Kind.TITLE) >= OF_EACH_KIND


def test_knows_of_a_change_at_once_and_asks_one_query_otherwise(base):
    assert texts("客舍") == []
    policy("客舍通则", "客舍。")
    assert texts("客舍") == ["客舍通则"]
    with CaptureQueriesContext(connection) as captured:
        texts("驿站")
    assert len(captured) == 1


def test_the_list_under_the_box(client, base):
    page = client.get(reverse("search:suggestions"), {"q": "zhihui"}).content.decode()
    assert page.count('role="option"') == 1
    assert "智慧驿站" in page
    assert client.get(reverse("search:suggestions")).content.decode().strip() == ""
    policy("驿站<b>&规划", "无。")
    assert "驿站&lt;b&gt;&amp;规划" in client.get(reverse("search:suggestions"), {"q": "驿站<"}).content.decode()
