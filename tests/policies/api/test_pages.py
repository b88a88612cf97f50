"""Lists come in pages that together hold every row once, in a number of queries that does not grow."""

import pytest

from policies.models import Policy, Provision, Responsibility, Target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_base")]


@pytest.fixture
def many(base):
    """Twenty more clauses in the plan, each with a target and a responsibility; twenty more policies."""
    for number in range(20):
        provision = Provision.objects.create(
            policy=base.plan, eid=f"art_{number}", path=f"第{number}条", type="article", position=100 + number, depth=0,
            start_line=1, end_line=2,
        )  # fmt: skip
        place = {"policy": base.plan, "provision": provision, "line": 1, "quote": "……", "rule": "test"}
        Target.objects.create(**place, indicator="指标", op="=", value=number, unit="个", year=2031)
        duty = Responsibility.objects.create(**place)
        duty.agencies.create(agency=base.data_bureau, position=1, name="局", role="lead")
        Policy.objects.create(
            issue=base.issue, source=base.issue.source, slug=f"多-{number}", order=10 + number, title="多",
            kind="other", level="province", region_id="330000", start_line=1, end_line=1, state="published",
        )  # fmt: skip


def test_pages_hold_every_row_once(get, base, many):
    seen = []
    page = get("targets/", page_size=5, ordering="year")
    assert page["previous"] is None
    while True:
        assert len(page["results"]) <= 5
        seen += [target["id"] for target in page["results"]]
        if page["next"] is None:
            break
        assert page["next"].startswith("http://testserver/api/v1/targets/?")
        page = get(page["next"].removeprefix("http://testserver/api/v1/"))
    assert len(seen) == len(set(seen)) == page["count"] == 22


def test_a_cursor_reads_every_row_once_whatever_comes_and_goes(get, base, many):
    seen = []
    step = get("targets/", cursor="*", page_size=6)
    while True:
        assert (step["count"], step["previous"]) == (None, None)
        seen += [target["id"] for target in step["results"]]
        if step["next"] is None:
            break
        Target.objects.filter(pk=seen[0]).delete()
        step = get(step["next"].removeprefix("http://testserver/api/v1/"))
    assert len(seen) == 22
    assert seen == sorted(set(seen))


def test_pages_go_as_far_as_there_are_rows(get, base, many):
    assert [len(get("targets/", page=page, page_size=1)["results"]) for page in (1, 12, 22)] == [1, 1, 1]


def test_a_page_beyond_the_last_is_not_there(refused, base):
    problem = refused("targets/", 404, page=2)
    assert "共 1 页" in problem["detail"]


def test_an_empty_list_has_one_empty_page(get, base):
    empty: dict[str, object] = {"count": 0, "next": None, "previous": None, "results": []}
    assert get("targets/", year=1999) == get("issues/", number=2**31 - 1) == empty


LISTS = [
    "issues/",
    "policies/",
    "provisions/",
    "targets/",
    "responsibilities/",
    "obligations/",
    "references/",
    "tables/",
    "observations/",
    "agencies/",
    "regions/",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_a_fixed_number_of_queries(get, base, many, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(6):
        assert get(path)["results"]


def test_a_policy_asks_a_fixed_number_of_queries(get, base, many, django_assert_num_queries):
    with django_assert_num_queries(14):
        plan = get(f"policies/{base.plan.pk}/")
    assert len(plan["provisions"]) == 22
    with django_assert_num_queries(14):
        get(f"policies/{base.plan.slug}/")


def test_an_issue_asks_a_fixed_number_of_queries(get, base, many, django_assert_num_queries):
    with django_assert_num_queries(6):
        assert len(get(f"issues/{base.issue.pk}/")["policies"]) == 22
