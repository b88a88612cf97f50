"""Policies, clauses, targets, agencies, regions and issues, with what it takes to cite them."""

import pytest

from tests.policies.agents.conftest import SITE

pytestmark = pytest.mark.usefixtures("kept_library")


def test_a_policy_is_found_by_slug_id_and_title(ask, library):
    names = (library.law.slug, str(library.law.pk), "《青川省数字经济促进条例》")
    answers = [ask("policy", policy=name) for name in names]
    assert answers[0]["status"] == "ok"
    assert answers[0] == answers[1] == answers[2]
    facts = answers[0]["policy"]
    assert (facts["issuers"], facts["effective_on"], facts["lines"]) == (["青川省数据局"], "2024-05-01", [1, 11])
    assert facts["issue"]["page_url"] == f"{SITE}/issues/2024-7/"
    assert "青川省人民代表大会公告第12号" in answers[0]["citation"]


def test_its_outline_gives_the_eid_of_each_article(ask, library):
    outline = ask("policy", policy=library.law.slug)["outline"]
    assert [(entry["eid"], entry["level"]) for entry in outline] == [("chp_1", 1), ("chp_2", 1)]
    assert outline[0]["articles"][0] == {
        "eid": "chp_1__art_1",
        "label": "第一条",
        "heading": "为了促进数字经济发展，制定本条例。",
    }


def test_it_says_which_of_what_it_cites_is_loaded(ask, library):
    cites = ask("policy", policy=library.plan.slug)["cites"]
    assert {row["title"]: (row["loaded"], row["slug"]) for row in cites} == {
        library.law.title: (True, library.law.slug),
        "中华人民共和国驿站法": (False, None),
    }


def test_a_clause_comes_with_all_below_it(ask, library):
    answer = ask("clause", policy=library.law.slug, eid="chp_2__art_3")
    clause = answer["clause"]
    assert (clause["text"], clause["tail"], clause["lines"]) == ("建设下列设施：", "前款设施应当节能。", [7, 10])
    assert clause["page_url"] == f"{SITE}/policies/青川-2024-数字经济促进条例/#chp_2__art_3"
    assert [row["text"] for row in answer["below"]] == ["算力中心；", "宽带网络。"]
    assert "第二章第三条" in answer["citation"]


def test_a_clause_comes_with_its_records(ask, library):
    answer = ask("clause", policy=library.plan.slug, eid="sec_2")
    [duty] = answer["responsibilities"]
    assert [(row["agency"], row["role"]) for row in duty["agencies"]] == [
        ("青川省数据局", "lead"),
        ("青川省财政厅", "support"),
    ]
    assert (duty["line"], duty["quote"]) == (20, "（省数据局牵头，省财政厅配合）")
    assert duty["page_url"].endswith("#sec_2__subsec_1")
    targets = ask("clause", policy=library.plan.slug, eid="sec_1")["targets"]
    assert [(row["indicator"], row["quote"]) for row in targets] == [
        ("智算中心", "智算中心12个"),
        ("算力规模", "算力规模超过1000 PFLOPS"),
    ]


def test_a_corrected_clause_says_what_is_printed(ask, library):
    article = library.law.provisions.filter(eid="chp_1__art_1")
    article.update(
        text="为促进数字经济发展，制定本条例。",
        original={"text": "为了促进数字经济发展，制定本条例。"},
        review="corrected",
    )
    clause = ask("clause", policy=library.law.slug, eid="第一条")["clause"]
    assert clause["printed"] == {"text": "为了促进数字经济发展，制定本条例。"}
    assert ask("clause", policy=library.law.slug, eid="第二条")["clause"]["printed"] is None


def test_targets_are_narrowed(ask, library):
    def found(**arguments):
        return [row["indicator"] for row in ask("targets", **arguments).get("results", [])]

    assert found() == ["智算中心", "算力规模"]
    assert found(indicator="算力") == ["算力规模"]
    assert found(unit="EFLOPS", value_min=1) == ["算力规模"]
    assert found(unit="EFLOPS", value_min=1.1) == []
    assert found(policy=library.plan.slug, year_min=2025, year_max=2025, unit="个", value_max=12) == ["智算中心"]
    assert found(year_min=2026) == []
    assert found(region="100000") == []


def test_a_target_can_be_cited(ask):
    row = ask("targets", indicator="算力规模")["results"][0]
    assert (row["op"], row["value"], row["unit"], row["year"]) == (">", 1000, "PFLOPS", 2025)
    assert (row["line"], row["quote"], row["review"]) == (14, "算力规模超过1000 PFLOPS", "machine")
    assert row["page_url"] == f"{SITE}/policies/青川-2023-算力行动方案/#sec_1"


def test_a_value_needs_its_unit_and_a_page_must_exist(ask):
    assert ask("targets", value_min=3)["status"] == "invalid"
    assert ask("targets", page=2) == {
        "status": "invalid", "what": "page", "asked": "2", "message": "没有第 2 页；共 1 页，2 条。",
    }  # fmt: skip
    assert ask("targets", topic="渔业")["errors"][0]["allowed"] == ["computing"]


def test_an_agency_comes_with_its_tasks(ask):
    answer = ask("agencies", name="省数据局")
    assert (answer["results"][0]["name"], answer["results"][0]["tasks"]) == ("青川省数据局", 1)
    [task] = answer["tasks"]
    assert (task["role"], task["line"], task["eid"]) == ("lead", 20, "sec_2__subsec_1")


def test_regions_and_issues_say_what_is_loaded(ask):
    assert ask("regions")["provinces"] == [
        {"code": "510000", "name": "青川省", "level": "province", "policies": 2, "page_url": f"{SITE}/regions/510000/"}
    ]
    assert [row["issue"] for row in ask("issues")["issues"]] == ["2024-7"]
    assert [row["loaded"] for row in ask("issues", issue="2024-7")["contents"]] == [True, True, False]
