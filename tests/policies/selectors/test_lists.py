"""Years, regions, counts and neighbours."""

from datetime import date

import pytest

from policies.models import Issue, Policy, Region, Target
from policies.selectors.agencies import busiest, met_agencies
from policies.selectors.issues import columns_of, neighbours
from policies.selectors.overview import overview
from policies.selectors.policies import listed_policies, with_year, within
from policies.selectors.records import role_counts, standing_targets, targets_by_year
from policies.selectors.regions import place_counts, province_counts, regions_with_policies


@pytest.mark.parametrize(
    "facts",
    [
        {"issued_on": date(2021, 1, 2)},
        {"adopted_on": date(2022, 1, 2)},
        {"effective_on": date(2023, 1, 2)},
        {"period_start": 2026, "period_end": 2030},
        {},
    ],
)
def test_the_year_in_sql_is_the_models(library, facts):
    empty = dict.fromkeys(("issued_on", "adopted_on", "effective_on", "period_start", "period_end"))
    Policy.objects.filter(pk=library.law.pk).update(**empty | facts)
    row = with_year(Policy.objects.filter(pk=library.law.pk)).get()
    assert row.of_year == row.year


def test_lists_show_the_newest_first_and_no_draft_to_readers(library, reader, editor):
    assert list(listed_policies(reader)) == [library.law, library.plan]
    assert library.draft in listed_policies(editor)


def test_a_province_holds_its_cities_and_the_nation_its_own(library, editor):
    every = Policy.objects.all()
    assert set(every.filter(within(library.province))) == {library.law, library.plan, library.draft}
    assert set(every.filter(within(library.city))) == {library.draft}
    Policy.objects.filter(pk=library.law.pk).update(level="national", region=None)
    assert set(every.filter(within(library.province.parent))) == {library.law}
    assert [row.policies for row in province_counts(editor)] == [2]
    assert [(row.region, row.policies) for row in place_counts(library.province, editor)] == [(library.city, 1)]


def test_a_citys_count_holds_those_of_its_counties(library, editor):
    code = f"{library.city.code[:4]}81"
    county = Region.objects.create(code=code, name="溪口市", short_name="溪口市", level="county", parent=library.city)
    Policy.objects.filter(pk=library.law.pk).update(level="county", region=county)
    assert [(row.region, row.policies) for row in place_counts(library.province, editor)] == [(library.city, 2)]
    assert [(row.region, row.policies) for row in place_counts(library.city, editor)] == [(county, 1)]
    assert place_counts(county, editor) == []
    Policy.objects.filter(region=library.city).delete()
    assert regions_with_policies(editor) == [library.province, library.city, county]


def test_overview_counts_what_a_user_may_read(library, reader, editor):
    seen, all_of_it = overview(reader), overview(editor)
    assert (seen.issues, seen.policies, seen.clauses, seen.targets, seen.agencies) == (1, 2, 10, 2, 2)
    assert (all_of_it.issues, all_of_it.policies, all_of_it.clauses, all_of_it.targets) == (2, 3, 11, 3)


def test_targets_fall_due_by_year_without_the_rejected(library, reader, editor):
    assert targets_by_year(standing_targets(reader)) == [(2025, 2)]
    assert targets_by_year(standing_targets(editor)) == [(2025, 2), (2030, 1)]
    assert Target.objects.filter(review="rejected").exists()


def test_agencies_are_met_by_tasks_or_by_issuing_and_ranked_by_tasks(library, reader):
    assert [agency.name for agency in busiest(met_agencies(reader), reader)] == ["青川省数据局", "青川省财政厅"]
    assert role_counts(library.bureau, reader) == {"lead": 1, "support": 0, "responsible": 0}


def test_columns_keep_the_printed_order_and_add_what_is_not_listed(library, reader):
    library.issue.contents.filter(policy=library.plan).delete()
    columns = columns_of(library.issue, reader)
    assert [column.name for column in columns] == ["国策要论", "地方新政", "要目未列"]
    assert columns[-1].lines[0].policy == library.plan
    assert columns[1].lines[0].policy is None


def test_neighbours_are_those_that_the_user_may_read(library, reader, editor):
    Issue.objects.create(year=2023, number=52, source=library.issue.source, state="published")
    earlier, later = neighbours(library.issue, reader)
    assert (str(earlier), later) == ("2023年第52期", None)
    assert neighbours(library.issue, editor)[1] == library.draft_issue
