"""Clauses by their words, and one indicator over regions."""

import pytest

from policies.models import Policy, Target

pytestmark = pytest.mark.usefixtures("kept_library")


def test_a_search_finds_clauses_that_can_be_cited(ask):
    answer = ask("search", query="智算中心")
    [hit] = answer["hits"]
    assert (answer["status"], answer["total"], hit["eid"], hit["lines"]) == ("ok", 1, "sec_1", [13, 18])
    assert hit["page_url"].endswith("/policies/青川-2023-算力行动方案/#sec_1")


def test_filters_narrow_it(ask, library):
    def total(**arguments):
        return ask("search", query="数据局", **arguments).get("total", 0)

    assert total() == 2
    assert total(kind="law") == total(policy=library.plan.slug) == total(agency="省财政厅") == total(year=2024) == 1
    assert total(column="地方新政", level="province", issue="2024-7", region="青川") == 1
    assert total(kind="report") == 0
    assert ask("search", query="数据局", page_size=1, page=2)["page"] == 2
    assert ask("search", query="数据局", page=2)["status"] == "invalid"


def test_a_policy_that_the_query_names_is_offered(ask, library):
    assert ask("search", query="数字经济促进条例 第三条")["named"][0]["eid"] == "chp_2__art_3"
    assert ask("search", query="算力行动方案")["named"][0]["policy"]["slug"] == library.plan.slug


def test_what_was_not_understood_is_said(ask):
    answer = ask("search", query="数据局 OR")
    assert answer["total"] == 2
    assert [(said["start"], said["end"]) for said in answer["messages"]] == [(4, 6)]
    nothing = ask("search", query="NOT 数据")
    assert nothing["status"] == "invalid"
    assert nothing["messages"]
    assert ask("search", query=" ")["status"] == "invalid"
    assert ask("search", query="数据", column="无此栏目")["errors"][0]["parameter"] == "column"


def test_nothing_found_says_what_was_searched(ask):
    answer = ask("search", query="渔港")
    assert (answer["status"], answer["searched"]) == ("not_found", {"issues": 1, "policies": 2, "clauses": 10})
    assert ask("search", query="《驿站法》 ")["status"] == "not_loaded"
    assert ask("search", query="宽带中心")["loose_total"] == 0
    assert ask("search", query="算力网络", loose=True)["status"] == "not_found"


def test_without_an_index_it_says_so(ask, settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "none"
    assert "索引" in ask("search", query="数据")["error"]


def test_one_indicator_is_compared_over_regions(ask, library):
    Policy.objects.filter(pk=library.draft.pk).update(state="published")
    target = Target.objects.get(policy=library.draft)
    target.indicator, target.year = "智算中心", 2025
    target.save()
    [group] = ask("compare_regions", indicator="智算中心")["groups"]
    assert (group["unit"], group["year"]) == ("个", 2025)
    assert [(row["policy"]["region"], row["value"], row["quote"]) for row in group["targets"]] == [
        ("青川省", 12, "智算中心12个"),
        ("云岭市", 3, "草稿中心3个"),
    ]
    narrowed = ask("compare_regions", indicator="智算中心", regions=["云岭"], unit="万个", year=2025)
    assert [row["value"] for row in narrowed["groups"][0]["targets"]] == [3]
    assert ask("compare_regions", indicator="智算中心", unit="亿元")["status"] == "not_found"
    assert ask("compare_regions", indicator="智算中心", year=2031)["status"] == "not_found"


def test_each_region_asked_for_is_told_apart(ask, library):
    Policy.objects.filter(pk=library.law.pk).update(level="national", region=None)
    answer = ask("compare_regions", indicator="算力规模", regions=["青川", "中国", "云岭", "海州"])
    assert [(row["region"], row["status"]) for row in answer["regions"]] == [
        ("青川", "ok"),
        ("中国", "not_found"),
        ("云岭", "not_loaded"),
        ("海州", "not_found"),
    ]
    assert "没有“海州”这个地区" in answer["regions"][3]["message"]
