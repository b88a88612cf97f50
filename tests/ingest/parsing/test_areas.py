"""Areas with a management of their own: who is meant by their names, and where they are so called."""

from typing import Any

import pytest

from ingest.parsing.areas import AreaBook
from ingest.parsing.gazetteer import Gazetteer

ROWS: dict[str, dict[str, Any]] = {
    "云溪新区": {"name": "贵州云溪新区", "region": "520100"},
    "港区": {"name": "贵阳港区", "region": "520100", "near": True},
    "浦东新区": {"name": "上海市浦东新区", "region": "310115"},
    "云海合作区": {"name": "云海深度合作区", "region": "520100", "committee": "执行委员会"},
    "兵团": {"name": "新疆生产建设兵团", "region": "650000"},
}


@pytest.fixture(scope="module")
def regions():
    return Gazetteer.from_fixtures().regions


@pytest.fixture(scope="module")
def areas(regions):
    return AreaBook(ROWS, regions)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("云溪新区", "贵州云溪新区管理委员会"),
        ("贵州云溪新区", "贵州云溪新区管理委员会"),
        ("浦东新区", "上海市浦东新区人民政府"),
        ("云海合作区", "云海深度合作区执行委员会"),
        ("兵团", "新疆生产建设兵团"),
    ],
)
def test_the_body_behind_a_bare_name(areas, name, body):
    assert areas.body(name)[0] == body


def test_what_is_no_area_has_no_body(areas):
    assert areas.body("云溪") is None
    assert areas.named("云溪") is None


@pytest.mark.parametrize(
    ("text", "region", "name", "length"),
    [
        ("云溪新区管委会", "浙江省", "贵州云溪新区", 4),
        ("云溪新区管委会", None, "贵州云溪新区", 4),
        ("港区管委会", "贵州省", "贵阳港区", 2),
        ("港区管委会", "贵阳市", "贵阳港区", 2),
    ],
)
def test_the_area_at_the_head_of_a_name(areas, regions, text, region, name, length):
    owner, end = areas.lead(text, regions.named(region) if region else None)
    assert (owner.name, end) == (name, length)


@pytest.mark.parametrize("region", ["浙江省", None])
def test_some_are_so_called_only_in_their_province(areas, regions, region):
    assert areas.lead("港区管委会", regions.named(region) if region else None) is None
