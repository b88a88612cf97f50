"""Records are called, and shaped, as in RECORDS.md."""

import pytest

from policies.models import Agency, ClauseEdition, Edition, Policy, Reference, State, Succession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_base")]


def test_a_policy_states_its_facts(get, base):
    plan = get(f"policies/{base.plan.pk}/")
    facts = {
        "id": base.plan.pk,
        "slug": "浙江-2031-行动计划",
        "order": 1,
        "column": "地方新政",
        "page": 8,
        "title": "浙江省数字驿站行动计划",
        "kind": "plan",
        "level": "province",
        "region": "浙江省",
        "region_code": "330000",
        "doc_number": "浙数〔2031〕1号",
        "issuers": ["浙江省数据局"],
        "status": "in_force",
        "adopted_on": None,
        "issued_on": "2031-01-02",
        "effective_on": None,
        "period": [2031, 2033],
        "year": 2031,
        "source": "浙江省数据局",
        "editor_note": None,
        "topics": ["digital-government"],
        "state": "published",
    }
    assert {name: plan[name] for name in facts} == facts
    assert plan["url"] == f"http://testserver/api/v1/policies/{base.plan.pk}/"
    assert plan["page_url"].startswith("http://testserver/policies/")
    assert (plan["issue"]["year"], plan["issue"]["number"]) == (2031, 1)


def test_a_policy_is_found_by_slug_too(get, base):
    assert get(f"policies/{base.plan.slug}/") == get(f"policies/{base.plan.pk}/")


def test_provisions_name_their_parent_and_address(get, base):
    section, goal = get(f"policies/{base.plan.pk}/")["provisions"]
    assert (section["parent"], goal["parent"]) == (None, "sec_1")
    assert (goal["path"], goal["type"], goal["label"], goal["heading"]) == ("一/——1", "goal", "——1", None)
    assert (goal["text"], goal["tail"], section["tail"]) == ("新建驿站。", "另起一段。", None)
    assert goal["page_url"].endswith("#sec_1__goal_1")


def test_values_are_numbers_and_rejected_rows_stay_out(get, base):
    first, second = get(f"policies/{base.plan.pk}/")["targets"]
    assert (first["op"], first["value"], first["value_max"], first["unit"]) == (">=", 3000, None, "个")
    assert (first["base_value"], first["base_value_max"], first["base_unit"]) == (3000, 3000, "个")
    assert isinstance(first["value"], int)
    assert (second["op"], second["value"], second["value_max"]) == ("range", 90.5, 95)
    assert (first["year"], first["year_from"], first["path"], first["eid"]) == (2033, 2031, "一/——1", "sec_1__goal_1")
    assert (first["line"], first["quote"], first["rule"]) == (2, "驿站3000个以上", "number")
    assert (first["confidence"], first["review"]) == (1.0, "machine")


def test_responsibilities_name_agencies_with_their_role(get, base):
    (duty,) = get(f"policies/{base.plan.pk}/")["responsibilities"]
    lead, support = duty["agencies"]
    assert lead == {
        "id": base.data_bureau.pk,
        "name": "省数据局",
        "canonical": "浙江省数据局",
        "role": "lead",
        "group": False,
        "known": True,
    }
    assert (support["role"], support["group"], support["known"]) == ("support", True, False)


def test_references_tables_and_figures(get, base):
    plan = get(f"policies/{base.plan.pk}/")
    assert [(row["title"], row["provision"]) for row in plan["references"]] == [
        ("数据安全法", "第三条"),
        (None, "本计划第二条"),
    ]
    (table,) = plan["tables"]
    assert (table["number"], table["title"], table["header"], table["rows"]) == (None, "清单", ["项"], [["甲"]])
    (figure,) = plan["figures"]
    assert (figure["number"], figure["title"], figure["path"], figure["eid"]) == ("图1", "布局", None, None)
    assert "#" not in figure["page_url"]


def test_obligations_and_observations(get, base):
    law = get(f"policies/{base.law.pk}/")
    (obligation,) = law["obligations"]
    assert (obligation["subject"], obligation["modality"], obligation["path"]) == ("供水企业", "shall", "第一章/第一条")
    (observation,) = law["observations"]
    assert (observation["when"], observation["value"], observation["yoy"], observation["yoy_unit"]) == (
        "2030年末",
        120.5,
        -1.2,
        "%",
    )


def test_an_issue_has_its_contents_and_policies(get, base):
    issue = get(f"issues/{base.issue.pk}/")
    assert (issue["year"], issue["number"], issue["total_number"], issue["published_on"]) == (
        2031,
        1,
        501,
        "2031-01-03",
    )
    assert issue["contents"] == [
        {"column": "地方新政", "page": 8, "title": "行动计划", "policy": base.plan.pk},
        {"column": "地方新政", "page": 12, "title": "未收录的一篇", "policy": None},
    ]
    assert [policy["id"] for policy in issue["policies"]] == [base.plan.pk, base.law.pk]
    assert issue["url"] == "http://testserver/api/v1/issues/2031-1/"
    assert get("issues/2031-1/") == issue
    assert issue["page_url"] == "http://testserver/issues/2031-1/"


def test_lists_tell_which_policy_a_row_is_of(get, base):
    (target, _) = get("targets/")["results"]
    assert target["policy"]["slug"] == base.plan.slug
    assert target["policy"]["region_code"] == "330000"
    assert target["page_url"].endswith("#sec_1__goal_1")
    assert get(f"targets/{target['id']}/") == target
    (section, *_) = get("provisions/", policy=base.plan.pk)["results"]
    assert section["policy"]["title"] == base.plan.title
    assert get(f"provisions/{section['id']}/") == section


def test_an_agency_counts_its_tasks(get, base):
    agency = get(f"agencies/{base.data_bureau.pk}/")
    assert (agency["name"], agency["names"]) == ("浙江省数据局", ["省数据局"])
    assert (agency["region"], agency["region_code"], agency["level"]) == ("浙江省", "330000", "province")
    assert (agency["tasks"], agency["issued_policies"], agency["group"], agency["known"]) == (1, 1, False, True)


def test_an_agency_that_was_merged_leads_to_the_other(client, base):
    gone = Agency.objects.create(name="浙江省数据管理局", merged_into=base.data_bureau)
    response = client.get(f"/api/v1/agencies/{gone.pk}/?fields=name")
    assert response.status_code == 301
    assert client.get(response["Location"]).json() == {"name": "浙江省数据局"}


def test_a_region_is_found_by_its_code(get, base):
    region = get("regions/330200/")
    assert (region["code"], region["name"], region["level"], region["parent"]) == ("330200", "宁波市", "city", "330000")


def test_references_say_what_they_cite_to_those_who_may_read_it(get, base):
    clause = base.law.provisions.get(eid="chp_1__art_1")
    reference = base.plan.reference_set.get(title="数据安全法")
    facts = {"cited_policy": base.law, "cited_clause": clause, "cited_fragment": "chp_1__art_1__para_2"}
    Reference.objects.filter(pk=reference.pk).update(**facts)
    found, own = get(f"policies/{base.plan.pk}/")["references"]
    assert (found["cited_policy"]["id"], found["cited_policy"]["slug"]) == (base.law.pk, base.law.slug)
    assert found["cited_clause"] == {
        "id": clause.pk,
        "eid": "chp_1__art_1",
        "path": "第一章/第一条",
        "anchor": "chp_1__art_1__para_2",
    }
    assert (own["cited_policy"], own["cited_clause"]) == (None, None)
    Policy.objects.filter(pk=base.law.pk).update(state=State.DRAFT)
    found, _ = get(f"policies/{base.plan.pk}/")["references"]
    assert (found["cited_policy"], found["cited_clause"]) == (None, None)


def test_a_policy_names_its_other_editions(get, base):
    edition = Edition.objects.create(earlier=base.draft, later=base.law, relation="draft_of")
    ClauseEdition.objects.create(
        edition=edition,
        earlier=base.draft.provisions.get(eid="art_1"),
        later=base.law.provisions.get(eid="chp_1__art_1"),
        similarity=0.75,
    )
    assert get(f"policies/{base.law.pk}/")["editions"] == []
    Policy.objects.filter(pk=base.draft.pk).update(state=State.PUBLISHED)
    (other,) = get(f"policies/{base.law.pk}/")["editions"]
    assert (other["relation"], other["later"], other["policy"]["id"]) == ("draft_of", False, base.draft.pk)
    assert other["clauses"] == [{"earlier": "art_1", "later": "chp_1__art_1", "similarity": 0.75}]
    (other,) = get(f"policies/{base.draft.pk}/")["editions"]
    assert (other["later"], other["policy"]["id"]) == (True, base.law.pk)


def test_clauses_say_their_topics(get, base):
    base.plan.provisions.filter(eid="sec_1").update(topics=["digital-government"])
    section, goal = get(f"policies/{base.plan.pk}/")["provisions"]
    assert (section["topics"], goal["topics"]) == (["digital-government"], [])


def test_an_agency_names_those_before_and_after_it(get, base):
    before = Agency.objects.create(name="浙江省大数据发展管理局")
    unknown = Agency.objects.create(name="未核对的单位", known=False)
    Succession.objects.create(predecessor=before, successor=base.data_bureau, note="2023年机构改革")
    Succession.objects.create(predecessor=base.data_bureau, successor=unknown)
    bureau = get(f"agencies/{base.data_bureau.pk}/")
    (row,) = bureau["predecessors"]
    assert (row["agency"]["id"], row["agency"]["name"], row["date"], row["note"]) == (
        before.pk,
        "浙江省大数据发展管理局",
        None,
        "2023年机构改革",
    )
    assert bureau["successors"] == []
    assert "predecessors" not in get("agencies/")["results"][0]
