"""What the regions of one level have, side by side."""

import pytest

from policies.models import Policy, Region
from policies.selectors.standings import nation, peers, provinces

pytestmark = pytest.mark.usefixtures("kept_library")


@pytest.fixture
def elsewhere(library) -> Region:
    """A province with three policies and no targets, and one with nothing."""
    Region.objects.create(code="650000", name="云海区", short_name="云海", level="province")
    other = Region.objects.create(code="440000", name="白沙省", short_name="白沙", level="province")
    for number in range(3):
        Policy.objects.create(
            source=library.issue.source, slug=f"白沙-{number}", order=1, title=f"白沙办法{number}", kind="measures",
            level="province", region=other, period_start=2020 + number, period_end=2030, start_line=1, end_line=2,
            state="published",
        )  # fmt: skip
    return other


def told(row):
    return row.region.short_name, row.policies, row.targets, row.topics, row.agencies, row.newest, row.year


def test_provinces_by_code_with_what_they_and_their_places_have(library, elsewhere, reader, editor):
    newest = Policy.objects.get(slug="白沙-2")
    assert [told(row) for row in provinces(reader)] == [
        ("白沙", 3, 0, 0, 0, newest, 2022),
        ("青川", 2, 2, 1, 2, library.law, 2024),
        ("云海", 0, 0, 0, 0, None, None),
    ]
    assert told(provinces(editor)[1])[:3] == ("青川", 3, 3)


def test_a_province_that_is_no_more_is_not_listed(library, elsewhere, reader):
    Region.objects.filter(pk="650000").update(valid_to="2020-01-01")
    assert [row.region.short_name for row in provinces(reader)] == ["白沙", "青川"]


def test_peers_are_of_its_level_and_have_policies_the_most_first(library, elsewhere, reader, editor):
    assert [row.region.short_name for row in peers(library.province, reader)] == ["白沙", "青川"]
    assert [told(row)[:3] for row in peers(library.city, editor)] == [("云岭", 1, 1)]


def test_the_nation_has_what_is_national(library, reader):
    whole = library.province.parent
    assert told(nation(whole, reader)) == ("中国", 0, 0, 0, 0, None, None)
    Policy.objects.filter(pk=library.plan.pk).update(level="national", region=None)
    assert told(nation(whole, reader)) == ("中国", 1, 2, 1, 0, library.plan, 2023)
