"""Counties as regions: where they lie, what they are called in full, from when until when."""

from collections import Counter
from datetime import date

import pytest

from ingest.parsing.counties import counties
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.regions import Region, RegionBook

ABOVE = RegionBook(
    [Region("880000", "云溪省", "云溪", "province"), Region("880100", "云州市", "云州", "city", parent_code="880000")]
)


def rows(names, since=None, until=None):
    return list(counties({"names": names, "since": since or {}, "until": until or {}}, ABOVE))


def test_a_county_lies_in_its_city_or_else_in_its_province():
    city, province = rows({"8801": {"02": "东溪区"}, "8802": {"21": "西溪县"}})
    assert (city.code, city.parent_code, city.level) == ("880102", "880100", "county")
    assert (province.code, province.parent_code) == ("880221", "880000")


def test_bodies_of_districts_are_called_by_their_city_too():
    names = {
        region.name: region.official for region in rows({"8801": {"02": "东溪区", "21": "西溪县", "81": "北溪市"}})
    }
    assert names == {"东溪区": "云州市东溪区", "西溪县": "西溪县", "北溪市": "北溪市"}


def test_a_year_of_change_belongs_to_both_names():
    old, new = rows({"8801": {"21": "西溪县", "81": "西溪市"}}, since={"880181": 2020}, until={"880121": 2020})
    assert (old.valid_from, old.valid_to) == (None, date(2020, 12, 31))
    assert (new.valid_from, new.valid_to) == (date(2020, 1, 1), None)


def test_a_county_of_nowhere_is_a_fault_of_the_data():
    with pytest.raises(ValueError, match="7701"):
        rows({"7701": {"02": "东溪区"}})


def test_all_counties_of_the_mainland_are_known():
    regions = Gazetteer.from_fixtures().regions.all()
    in_force = Counter(region.name[-1] for region in regions if region.level == "county" and region.valid_to is None)
    assert in_force == {"区": 977, "县": 1418, "市": 397, "旗": 52}
