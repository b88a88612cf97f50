"""Pages ask the database a fixed number of questions, however much there is."""

import pytest
from django.urls import reverse

from policies.models import Agency, Issue, Policy, Provision, Responsibility, ResponsibleAgency, Target

pytestmark = pytest.mark.usefixtures("kept_library")

COPIES = 12


@pytest.fixture
def grown(library):
    """The library with a dozen more of everything."""
    for number in range(COPIES):
        issue = Issue.objects.create(year=2020, number=number + 1, source=library.issue.source, state="published")
        policy = Policy.objects.create(
            issue=issue, source=library.issue.source, slug=f"方案-{number}", order=1, title=f"方案{number}",
            kind="plan", level="province", region=library.province, start_line=12, end_line=21, state="published",
        )  # fmt: skip
        policy.topics.add(library.topic)
        policy.issuers.create(agency=library.bureau, position=1)
        agency = Agency.objects.create(name=f"青川省第{number}局", region=library.province, level="province")
        _fill(policy, [agency, library.bureau])
    return Policy.objects.get(slug="方案-0")


def _fill(policy: Policy, agencies: list[Agency]) -> None:
    """A dozen clauses, each with a target and a task for every agency."""
    clauses = Provision.objects.bulk_create(
        Provision(
            policy=policy, position=place + 1, depth=1, type="section", label=str(place), path=str(place),
            eid=f"sec_{place}", text="推进建设。", start_line=13, end_line=14,
        )
        for place in range(COPIES)
    )  # fmt: skip
    places = [{"policy": policy, "provision": clause, "line": 14, "quote": "x", "rule": "test"} for clause in clauses]
    Target.objects.bulk_create(
        Target(**place, indicator="中心", op="=", value=1, unit="个", year=2025) for place in places
    )
    ResponsibleAgency.objects.bulk_create(
        ResponsibleAgency(responsibility=duty, agency=agency, position=position, name="局", role="lead")
        for duty in Responsibility.objects.bulk_create(Responsibility(**place) for place in places)
        for position, agency in enumerate(agencies, 1)
    )


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("home", 12),
        ("issues", 3),
        ("policies", 9),
        ("regions", 10),
        ("agencies", 6),
        ("targets", 9),
        ("topics", 4),
        ("compare_targets", 4),
        ("compare_policies", 1),
        ("about", 12),
    ],
)
def test_lists(client, grown, django_assert_max_num_queries, name, limit):
    with django_assert_max_num_queries(limit):
        client.get(reverse(f"policies:{name}"))


def test_one_of_each(client, library, grown, django_assert_max_num_queries):
    for address, limit in [
        (grown.get_absolute_url(), 14),
        (library.issue.get_absolute_url(), 7),
        (library.province.get_absolute_url(), 20),
        (library.bureau.get_absolute_url(), 13),
        (reverse("policies:topic", args=["computing"]), 9),
        (reverse("policies:source", args=[grown.slug]), 1),
        (reverse("policies:cite", args=[grown.slug]) + "?clause=sec_0", 4),
        (reverse("policies:problem", args=[grown.slug]) + "?clause=sec_0", 2),
        (reverse("policies:compare_targets") + "?indicator=中心", 6),
    ]:
        with django_assert_max_num_queries(limit):
            assert client.get(address).status_code == 200


def test_an_issue_as_editors_see_it(editor_client, library, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert editor_client.get(library.issue.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("query", ["by=field", "by=letter&at=Q", "name=qc&field=data&by=letter"])
def test_the_directory_in_each_order(client, grown, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(8):
        assert client.get(f"{reverse('policies:agencies')}?{query}").status_code == 200


@pytest.mark.parametrize("sides", [2, 4])
def test_policies_side_by_side(client, grown, django_assert_max_num_queries, sides):
    chosen = [f"方案-{number}" for number in range(sides)]
    with django_assert_max_num_queries(10):
        assert client.get(reverse("policies:compare_policies"), {"policy": chosen}).status_code == 200


def test_clippings(client, grown, django_assert_max_num_queries):
    for place in range(COPIES):
        client.post(reverse("policies:clip"), {"policy": grown.slug, "eid": f"sec_{place}"})
    with django_assert_max_num_queries(8):
        page = client.get(reverse("policies:clippings"))
    assert page.content.decode().count('class="title"') == COPIES
