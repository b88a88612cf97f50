"""Units that mean the same are compared in one, whatever they are printed as."""

import json
from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings

from policies.measures import Measure, measure, spelt
from search.analysis import fold


@pytest.mark.parametrize(
    ("unit", "number", "base", "expected"),
    [
        ("个", "12", "个", "12"),
        ("万个", "1.5", "个", "15000"),
        ("亿元", "3", "元", "300000000"),
        ("万亿元", "0.3", "元", "300000000000"),
        ("千万元人民币", "2", "元", "20000000"),
        ("百分点", "2", "百分点", "2"),
        ("个百分点", "2", "百分点", "2"),
        ("%", "2", "%", "2"),
        ("％", "2", "%", "2"),
        ("‰", "2", "%", "0.2"),
        ("成", "6", "%", "60"),
        ("/10万", "12", "%", "0.012"),
        ("倍", "2", "倍", "2"),
        ("番", "2", "番", "2"),
        ("EFLOPS", "1.2", "PFLOPS", "1200"),
        ("EFlop", "1.2", "PFLOPS", "1200"),
        ("Pfllops", "5", "PFLOPS", "5"),
        ("FLOPS", "1", "PFLOPS", "0.000000000000001"),
        ("万PFLOPS", "1", "PFLOPS", "10000"),
        ("公里", "7", "米", "7000"),
        ("千米", "7", "米", "7000"),
        ("万公里", "7", "米", "70000000"),
        ("亩", "1.5", "平方米", "1000"),
        ("万户", "20", "户", "200000"),
        ("萬戶", "20", "户", "200000"),
        ("PB", "2", "TB", "2000"),
        ("EB", "2", "TB", "2000000"),
        ("Gb/s", "2", "Gbps", "2"),
        ("ＧｂＰＳ", "2", "Gbps", "2"),
        ("MBps", "2", "mBps", "2"),
        ("Tb", "2", "tb", "2"),
        ("mW", "2", "mw", "2"),
        ("mw", "2", "mw", "2"),
        ("t", "2", "t", "2"),
        ("KM", "2", "米", "2000"),
        ("m", "2", "m", "2"),
        ("条/秒", "9", "条/秒", "9"),
        ("万元/人", "3", "元/人", "30000"),
        ("件/万人", "25", "件/人", "0.0025"),
        ("亿元/平方公里", "1", "元/平方米", "100"),
        ("万台（套）", "1", "台", "10000"),
        ("亿", "2", "", "200000000"),
        ("", "1.25", "", "1.25"),
        ("万盏灯", "1", "盏灯", "10000"),
        ("P", "3", "P", "3"),
        ("E", "3", "P", "3000"),
    ],
)
def test_a_quantity_in_its_base_unit(unit, number, base, expected):
    assert measure(unit).base == base
    assert measure(unit).of(Decimal(number)) == Decimal(expected)


@pytest.mark.parametrize(
    ("printed", "name"),
    [("efllops", "EFLOPS"), ("GbPS", "Gbps"), ("KM", "km"), ("mw", "mw"), ("Gb/S", "Gb/s"), ("MBps", "MBps")]
    + [(unit, unit) for unit in ("Tb", "m", "t", "驿")],
)
def test_a_unit_by_its_own_name_where_that_is_surely_meant(printed, name):
    """A small b is a bit and a large one a byte, a small m milli and a large one mega; a t is a ton, a T computing."""
    assert spelt(printed) == name


@pytest.mark.parametrize("unit", ["/", "//", "/0", "0/0", "/万", "（）", ")", "万万", "/人", "元/", "fl", "١"])
def test_what_is_no_unit_is_its_own(unit):
    assert isinstance(measure(unit), Measure)


def test_the_largest_number_of_the_largest_unit_is_exact():
    assert measure("万亿YB").of(Decimal("999999999999999999.999999")) == Decimal("999999999999999999.999999") * 10**24


def test_no_unit_has_two_bases():
    bases = json.loads((settings.FIXTURES / "units.json").read_text(encoding="utf-8"))["bases"]
    named = Counter(fold(name) for base, units in bases.items() for name in [base, *units])
    assert [name for name, count in named.items() if count > 1] == []
