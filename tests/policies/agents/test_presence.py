"""What is not found, and what is not loaded."""

import pytest

from policies.models import Policy, Reference
from tests.policies.agents.conftest import SITE

pytestmark = pytest.mark.usefixtures("kept_library")


def test_a_document_that_is_only_cited_is_not_loaded(ask):
    answer = ask("policy", policy="驿站法")
    assert answer["status"] == "not_loaded"
    [citing] = answer["known_from"]
    assert (citing["quote"], citing["line"], citing["eid"]) == ("《中华人民共和国驿站法》", 20, "sec_2__subsec_1")
    assert citing["page_url"] == f"{SITE}/policies/青川-2023-算力行动方案/#sec_2__subsec_1"
    assert ask("clause", policy="《驿站法》", eid="第一条")["status"] == "not_loaded"


def test_a_document_of_another_place_is_not_the_one_that_is_cited(ask, library):
    library.plan.reference_set.filter(title_key="驿站法").update(title="青川省驿站条例", title_key="驿站条例")
    assert ask("policy", policy="青川省驿站条例")["status"] == "not_loaded"
    assert ask("policy", policy="云岭市驿站条例")["status"] == "not_found"


def test_a_document_that_a_contents_list_announces_is_not_loaded(ask):
    answer = ask("policy", policy="没有收录的文件")
    assert answer["status"] == "not_loaded"
    assert answer["known_from"][0]["contents_of"]["issue"] == "2024-7"


def test_what_nobody_names_is_not_found(ask):
    assert ask("policy", policy="渔港管理办法")["status"] == "not_found"
    assert ask("policy", policy="123456")["status"] == "not_found"


def test_what_readers_may_not_read_is_told_by_no_tool(ask, library):
    assert ask("policy", policy=library.draft.slug)["status"] == "not_found"
    assert ask("clause", policy=str(library.draft.pk), eid="sec_1")["status"] == "not_found"
    assert ask("targets", indicator="草稿中心")["status"] == "not_found"
    assert ask("targets", indicator="被否决的目标")["status"] == "not_found"
    assert ask("compare_regions", indicator="草稿中心")["status"] == "not_found"
    assert ask("search", query="草稿中心")["status"] == "not_found"
    assert ask("issues", issue="2024-8")["status"] == "not_loaded"
    library.law.provisions.filter(eid="chp_1__art_1").update(review="rejected")
    assert ask("clause", policy=library.law.slug, eid="第一条")["status"] == "not_found"


def test_a_citation_of_an_unpublished_document_says_that_it_is_not_loaded(ask, library):
    Policy.objects.filter(pk=library.law.pk).update(state="draft")
    answer = ask("policy", policy="青川省数字经济促进条例")
    assert answer["status"] == "not_loaded"
    assert [row.get("quote") for row in answer["known_from"]] == ["《青川省数字经济促进条例》", None]
    assert answer["known_from"][1]["page"] == 1
    cites = ask("policy", policy=library.plan.slug)["cites"]
    assert all(not row["loaded"] and row["slug"] is None and row["page_url"] is None for row in cites)


def test_several_of_one_title_are_told_apart_by_their_slugs(ask, library):
    library.law.refresh_from_db()
    facts = {"issue": None, "source": library.law.source, "order": 1, "kind": "law", "level": "province"}
    lines = {"start_line": 1, "end_line": 2, "state": "published", "region": library.province}
    twin = Policy.objects.create(
        slug="另一篇", title=library.law.title, title_key=library.law.title_key, **facts, **lines
    )
    answer = ask("policy", policy=library.law.title)
    assert answer["status"] == "several"
    assert {row["slug"] for row in answer["policies"]} == {library.law.slug, twin.slug}


@pytest.mark.parametrize(
    ("eid", "status"), [("第三条", "ok"), ("第九条", "not_loaded"), ("第十条", "not_found"), ("x", "not_found")]
)
def test_an_article_that_is_cited_but_not_in_the_text_is_not_loaded(ask, library, eid, status):
    answer = ask("clause", policy=library.law.slug, eid=eid)
    assert answer["status"] == status
    assert answer["policy"]["slug"] == library.law.slug


@pytest.mark.parametrize(("region", "status"), [("青川", "ok"), ("510100", "not_loaded"), ("海州", "not_found")])
def test_a_region_without_policies_is_not_loaded(ask, region, status):
    assert ask("regions", name=region)["status"] == status
    assert ask("targets", region=region)["status"] == status
    assert ask("search", query="智算", region=region)["status"] == status


@pytest.mark.parametrize(
    ("issue", "status"),
    [("2024-7", "ok"), ("2024-9", "not_loaded"), ("2024-99", "not_found"), ("1-1", "not_found"), ("上期", "invalid")],
)
def test_an_issue_outside_what_is_loaded(ask, issue, status):
    assert ask("issues", issue=issue)["status"] == status
    assert ask("search", query="智算", issue=issue)["status"] == status


@pytest.mark.parametrize(("name", "status"), [("省数据局", "ok"), ("林业", "not_loaded"), ("渔港", "not_found")])
def test_an_agency_of_the_gazetteer_that_nothing_names_is_not_loaded(ask, name, status):
    assert ask("agencies", name=name)["status"] == status


def test_rejected_citations_make_nothing_known(ask):
    Reference.objects.update(review="rejected")
    assert ask("policy", policy="驿站法")["status"] == "not_found"
