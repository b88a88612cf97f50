"""Policies and articles that a query calls by name."""

import pytest

from policies.models import Policy, Review, State
from search.asking import Asked
from search.named import MOST, SEVERAL, named
from tests.search.builders import policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def base() -> dict[str, Policy]:
    return {
        "law": policy("驿站管理法", "驿站。", "渡口。"),
        "rules": policy("某某省驿站管理法实施办法", "客舍。", "马厩。"),
        "draft": policy("驿站管理法（修订草案）", "草稿。", "草稿。", state=State.DRAFT),
    }


def names(text: str, policies=None, **asked) -> list[str]:
    found = named(Asked(text, **asked), Policy.objects.published() if policies is None else policies)
    return [str(one) for one in (*found.policies, *found.clauses)]


LAW, RULES = "驿站管理法", "某某省驿站管理法实施办法"


@pytest.mark.parametrize("text", ["驿站管理法", "《驿站管理法》", "驛站管理法", "驿站 管理法", '"驿站管理"'])
def test_policies_by_title_the_shortest_first(base, text: str):
    assert names(text) == [LAW, RULES]


@pytest.mark.parametrize("text", ["站", "没有这样的法", "驿站 OR 渡口", "标题:驿站", "驿站 -草稿", "", "(", "第二条"])
def test_what_names_nothing(base, text: str):
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "实施办法 第二条",
        "实施办法第二条",
        "《某某省驿站管理法实施办法》第2条",
        "实施办法 第二条第一款",
        "第二条 实施办法",
    ],
)
def test_an_article_by_title_and_number(base, text: str):
    (clause,) = named(Asked(text), Policy.objects.published()).clauses
    assert (clause.policy, clause.eid) == (base["rules"], "art_2")


def test_an_article_that_there_is_not(base):
    assert names("实施办法 第九条") == names("实施办法 第十三十条") == []


def test_an_article_below_a_chapter(base):
    base["law"].provisions.filter(eid="art_2").update(eid="chp_1__art_2")
    assert len(names("驿站管理法 第二条")) == 2


def test_an_article_that_only_introduces_its_points_but_no_rejected_one(base):
    base["rules"].provisions.filter(eid="art_2").update(text="")
    assert len(names("实施办法 第二条")) == 1
    base["rules"].provisions.filter(eid="art_2").update(review=Review.REJECTED)
    assert names("实施办法 第二条") == []


def test_a_number_alone_is_an_article_of_the_policy_that_is_searched(base):
    chosen = {"policy": [str(base["law"].pk)]}
    (clause,) = named(Asked("第一条", chosen), Policy.objects.published()).clauses
    assert clause.policy == base["law"]
    assert names("第一条", filters={"policy": ["x"]}) == names("第一条", filters={"policy": ["9" * 30]}) == []


def test_where_it_is_narrowed_no_policies_are_named(base):
    assert names("驿站管理法", filters={"kind": ["law"]}) == []
    assert len(names("实施办法 第二条", filters={"kind": ["law"]})) == 1


def test_drafts_are_named_to_editors_only(base):
    assert names("修订草案") == names("修订草案 第一条") == []
    assert len(names("修订草案", Policy.objects.all())) == 1
    assert names("第一条", filters={"policy": [str(base["draft"].pk)]}) == []


def test_what_most_titles_have_names_none():
    for number in range(SEVERAL):
        policy(f"客舍{number}规划", "无。")
    found = named(Asked("客舍"), Policy.objects.published())
    assert (len(found.policies), found.left_out) == (MOST, SEVERAL - MOST)
    assert len(names("客舍 第一条")) == MOST
    policy("客舍通则", "无。")
    assert names("客舍") == names("客舍 第一条") == []
