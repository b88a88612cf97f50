"""The gazetteer as parsing reads it from fixtures/."""

import json

import pytest

from ingest.parsing.gazetteer import FIXTURES, Gazetteer


@pytest.fixture(scope="module")
def agencies():
    return json.loads((FIXTURES / "agencies.json").read_text(encoding="utf-8"))


def test_it_is_read_once():
    assert Gazetteer.from_fixtures() is Gazetteer.from_fixtures()


@pytest.mark.parametrize("name", ["regions.json", "counties.json", "agencies.json"])
def test_the_data_say_where_they_come_from_and_of_when(name):
    data = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    assert data["source"]
    assert data["as_of"]
    assert data["about"]


def test_local_names_and_areas_belong_to_regions_that_exist(agencies):
    regions = Gazetteer.from_fixtures().regions
    assert all(regions.get(code.ljust(6, "0")) for code in agencies["local"])
    assert all(regions.get(area["region"]) for area in agencies["areas"].values())


def test_patterns_of_names_are_filled_by_a_regions_names(agencies):
    for pattern in (*agencies["whole"].values(), *agencies["branches"].values()):
        filled = pattern.format(name="浙江省", short="浙江", party="中共浙江省委")
        assert filled != pattern
        assert "{" not in filled


def test_every_local_name_is_what_its_region_resolves_to(agencies):
    gazetteer = Gazetteer.from_fixtures()
    for code, names in agencies["local"].items():
        region = gazetteer.regions.get(code if len(code) == 6 else f"{code}0300")  # two digits: any city of a province
        assert region
        word = next(word for word in ("自治区", "省", "市") if region.name.endswith(word))
        for printed, full in names.items():
            found = gazetteer.agencies.resolve(word + printed, region)
            assert found.known, (region.name, printed)
            assert found.canonical.endswith(full.removeprefix("=").removeprefix("委")), (region.name, printed)
