"""What editors decided of agencies, as parsing takes it."""

import pytest

from ingest.parsing.agency_edits import AgencyEdits, EditedAgency
from tests.ingest.builders import GAZETTEER

ZHEJIANG, HANGZHOU, GUANGDONG = (GAZETTEER.regions.named(name) for name in ("浙江省", "杭州市", "广东省"))
OFFICE = EditedAgency("浙江省数字驿站办公室", "330000", "province", region_names=("浙江省", "浙江"))
CENTRE = EditedAgency("国家驿站局", None, "national")
BOOK = GAZETTEER.agencies.edited(
    AgencyEdits(
        names={"省数驿办": (OFFICE,), "浙江数驿办": (OFFICE,), "驿站局": (CENTRE,), "省财政厅": (OFFICE,)},
        denied=frozenset({("省科技厅", "浙江省科学技术厅")}),
        merged={"浙江省驿站处": OFFICE, "浙江省体育局": OFFICE},
        vouched={"浙江省驿道公司": EditedAgency("浙江省驿道公司", "330100", "city")},
    )
)


@pytest.mark.parametrize(
    ("name", "region", "meant"),
    [
        ("省数驿办", ZHEJIANG, OFFICE.name),
        ("省数驿办", HANGZHOU, OFFICE.name),  # a city's document speaks of its province
        ("省财政厅", ZHEJIANG, OFFICE.name),  # an editor's word counts more than the rule
        ("省财政厅", GUANGDONG, "广东省财政厅"),  # but not elsewhere
        ("浙江数驿办", GUANGDONG, OFFICE.name),
        ("浙江数驿办", None, OFFICE.name),
        ("驿站局", None, CENTRE.name),
        ("驿站局", GUANGDONG, CENTRE.name),
        ("省驿站处", ZHEJIANG, OFFICE.name),  # merged, whichever way it is printed
        ("省体育局", ZHEJIANG, OFFICE.name),
    ],
)
def test_names_mean_what_editors_say_near_their_agency(name, region, meant):
    found = BOOK.resolve(name, region)
    assert (found.canonical, found.known) == (meant, True)


def test_a_short_name_of_another_region_means_nothing():
    found = BOOK.resolve("省数驿办", GUANGDONG)
    assert (found.canonical, found.known) == ("广东省数驿办", False)


def test_a_denied_name_stays_as_printed():
    found = BOOK.resolve("省科技厅", ZHEJIANG)
    assert (found.canonical, found.known, found.region_code) == ("省科技厅", False, "330000")
    assert BOOK.resolve("浙江省科学技术厅", ZHEJIANG).known


def test_one_that_an_editor_confirmed_is_known_where_he_put_it():
    found = BOOK.resolve("省驿道公司", ZHEJIANG)
    assert (found.canonical, found.known, found.region_code, found.level) == ("浙江省驿道公司", True, "330100", "city")
