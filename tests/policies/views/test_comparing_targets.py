"""The page that compares one indicator over regions."""

import re
from decimal import Decimal
from typing import Any

import pytest

from policies.models import Policy, Target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
ADDRESS = "/targets/compare/"


def add(policy: Policy, indicator: str, value: Any, unit: str, **facts: Any) -> Target:
    facts = {"line": 14, "quote": "x", "rule": "test", "op": "=", "year": 2025} | facts
    return Target.objects.create(policy=policy, indicator=indicator, value=value, unit=unit, **facts)


@pytest.fixture
def elsewhere(library) -> Policy:
    """A published policy of another region."""
    library.law.region, library.law.level = library.city, "city"
    library.law.save()
    return library.law


@pytest.fixture
def page(client):
    def read(**parameters) -> str:
        return client.get(ADDRESS, parameters).content.decode()

    return read


def test_a_bar_stands_beside_its_region_value_clause_and_quote(page, library, elsewhere):
    add(elsewhere, "算力规模", 500, "PFLOPS")
    body = page(indicator="算力规模")
    assert "超过 1000 PFLOPS" in body
    assert "到 2025 年" in body
    assert f'href="{library.plan.get_absolute_url()}#sec_1"' in body
    assert f'href="{library.province.get_absolute_url()}">青川</a>' in body
    assert "<q>算力规模超过1000 PFLOPS</q>" in body
    assert 'width="100.0%"' in body
    assert 'width="50.0%"' in body


def test_one_region_alone_has_a_row_and_no_bar(page, library):
    body = page(indicator="算力规模")
    assert "超过 1000 PFLOPS" in body
    assert "<rect" not in body


def test_what_is_compared_is_said_first_then_the_deadline(page, library):
    for value, unit, year in ((1, "座", 2023), (2, "亿元", 2024), (3, "座", None), (4, "座", 2030)):
        add(library.plan, "灯塔", value, unit, year=year)
    headings = re.findall(r'<h2 id="[^"]+">(.+?) <a class="here"', page(indicator="灯塔"))
    assert headings == [
        "单位：座，到 2023 年",
        "单位：座，到 2030 年",
        "单位：座，未写明期限",
        "单位：亿元，到 2024 年",
    ]


def test_a_range_is_shown_as_printed(page, library, elsewhere):
    add(library.plan, "占比", 20, "%", value_max=40, op="range")
    add(elsewhere, "占比", 10, "%")
    body = page(indicator="占比")
    assert "20—40%" in body
    assert 'class="range" height="16" width="100.0%"' in body
    assert 'width="50.0%"' in body


def test_a_value_of_another_unit_is_converted_beside_the_printed_one(page, library):
    for value, unit in (("5", "亿元"), ("7", "亿元"), ("0.2", "万亿元")):
        add(library.plan, "投资", Decimal(value), unit)
    body = page(indicator="投资")
    assert "0.2 万亿元" in body
    assert "合 2000 亿元" in body


def test_empty_states_say_what_to_do(page):
    assert "还没有两地都有的指标" in page()
    assert "没有目标的指标含有“火星”" in page(indicator="火星")
    assert "草稿中心" not in page(indicator="草稿").replace("“草稿”", "")


def test_what_was_typed_is_escaped(page):
    assert "<b>" not in page(indicator="<b>甲</b>")


def test_too_long_an_indicator_is_refused_with_its_reason(client):
    response = client.get(ADDRESS, {"indicator": "长" * 101})
    assert response.status_code == 400
    assert "100" in response.content.decode()


def test_targets_and_regions_lead_here(client, library, elsewhere):
    assert f'href="{ADDRESS}?indicator=%E7%AE%97%E5%8A%9B"' in client.get("/targets/?indicator=算力").content.decode()
    add(elsewhere, "算力规模", 1, "PFLOPS")
    for place in (library.province, library.city):
        assert f'href="{ADDRESS}?indicator=' in client.get(place.get_absolute_url()).content.decode()


def test_queries_do_not_grow(client, library, django_assert_max_num_queries):
    for number in range(30):
        provision = library.plan.provisions.first()
        add(library.plan, "算力规模", number, "PFLOPS", provision=provision, year=2025 + number % 3)
    with django_assert_max_num_queries(5):
        assert client.get(ADDRESS, {"indicator": "算力"}).status_code == 200
