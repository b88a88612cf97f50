"""`fields` and `expand` say what a record holds; what cannot be named is refused."""

import pytest

pytestmark = pytest.mark.django_db


def test_fields_are_all_that_comes(get, base):
    assert get(f"policies/{base.law.pk}/", fields="title,obligations")["obligations"][0]["subject"] == "供水企业"
    (law, plan) = sorted(get("policies/", fields="id,kind", issue="2031-1")["results"], key=lambda row: row["kind"])
    assert (law, plan) == ({"id": base.law.pk, "kind": "law"}, {"id": base.plan.pk, "kind": "plan"})


def test_a_list_holds_more_where_it_is_asked_for(get, base, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        plan, law = get("policies/", expand="targets,responsibilities", issue="2031-1")["results"]
    assert [target["indicator"] for target in plan["targets"]] == ["数字驿站", "满意度"]
    assert (law["targets"], plan["title"]) == ([], base.plan.title)
    assert "obligations" not in plan
    whole = get(f"policies/{base.plan.pk}/")
    assert plan["responsibilities"] == whole["responsibilities"]


def test_links_are_expanded(get, base, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        (target, _) = get("targets/", expand="policy,provision")["results"]
    assert target["policy"]["doc_number"] == base.plan.doc_number
    assert (target["provision"]["text"], target["provision"]["parent"]) == ("新建驿站。", "sec_1")
    (goal,) = get("provisions/", type="goal", expand="targets,references", fields="eid")["results"]
    assert goal.keys() == {"eid", "targets", "references"}
    assert goal["targets"][0]["eid"] == "sec_1__goal_1"


def test_an_outline_comes_as_a_tree(get, refused, base):
    (section,) = get(f"policies/{base.plan.pk}/", tree="1")["provisions"]
    (goal,) = section["children"]
    assert (goal["eid"], goal["children"]) == ("sec_1__goal_1", [])
    assert refused(f"policies/{base.plan.pk}/", tree="ja")["errors"][0]["parameter"] == "tree"


@pytest.mark.parametrize(
    ("path", "parameters", "allowed"),
    [
        ("policies/", {"fields": "id,titel"}, "title"),
        ("policies/", {"expand": "title"}, "provisions"),
        ("targets/", {"expand": "agencies"}, "policy"),
        ("regions/", {"fields": "id"}, "code"),
    ],
)
def test_names_are_from_a_list(refused, base, path, parameters, allowed):
    (fault,) = refused(path, **parameters)["errors"]
    assert fault["parameter"] in parameters
    assert allowed in fault["allowed"]
