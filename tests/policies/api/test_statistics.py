"""Counts, whole and by side, of what may be read."""

import pytest

pytestmark = pytest.mark.django_db


def test_totals_leave_out_drafts_and_what_was_rejected(get, base):
    answer = get("statistics/")
    assert answer == {
        "by": None,
        "totals": {"policies": 3, "clauses": 4, "targets": 2, "tasks": 2},
        "results": [],
    }


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("province", [("330000", 2, 2), ("100000", 1, 0)]),
        ("region", [(None, 1, 0), ("330000", 1, 2), ("330200", 1, 0)]),
        ("year", [("2031", 2, 2), (None, 1, 0)]),
        ("topic", [(None, 2, 0), ("digital-government", 1, 2)]),
        ("kind", [("law", 1, 0), ("notice", 1, 0), ("plan", 1, 2)]),
    ],
)
def test_counts_by_a_side(get, base, by, groups):
    rows = get("statistics/", by=by)["results"]
    assert [(row["value"], row["policies"], row["targets"]) for row in rows] == groups


def test_counts_by_agency_are_what_it_issued_and_its_tasks(get, base):
    bureau, cities = get("statistics/", by="agency", kind="plan")["results"]
    assert (bureau["value"], bureau["policies"], bureau["tasks"]) == (str(base.data_bureau.pk), 1, 1)
    assert (cities["label"], cities["policies"], cities["tasks"], cities["clauses"]) == (
        "浙江省各市人民政府",
        0,
        1,
        None,
    )


def test_policies_are_chosen_as_in_their_list(get, refused, base, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        answer = get("statistics/", by="year", region="宁波", kind=["law", "plan"])
    assert answer["totals"]["policies"] == 1
    assert refused("statistics/", by="weather")["errors"][0]["allowed"][0] == "agency"
    assert refused("statistics/", ordering="year")["errors"][0]["parameter"] == "ordering"
