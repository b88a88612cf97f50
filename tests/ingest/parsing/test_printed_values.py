"""Which values words can be read to print."""

from decimal import Decimal

import pytest
from django.conf import settings

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.parsing.printed_values import printed_values
from ingest.reading import read_path


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("智算中心１２ 个", "12"),
        ("驿站1,200座", "1200"),
        ("机架3.5万架", "3.5 35000"),
        ("养护点1—2家，占5%至8%", "1 2 5 8"),
        ("百分之五十", "50"),
        ("百分之三点五", "3.5"),
        ("三百二十家", "320"),
        ("两万五千名", "25000"),
        ("一亿零两百万", "102000000"),
        ("百万台", "100 1000000"),
        ("约一半", "50 0.5"),
        ("六成五", "6 65 6.5"),
        ("翻一番", "2 100"),
        ("翻番", "2 100"),
        ("翻两番", "4 300"),
        ("增长一倍", "1 2 100"),
    ],
)
def test_values_are_read_in_whatever_way_they_are_said(words, values):
    assert {Decimal(value) for value in values.split()} <= printed_values(words)


@pytest.mark.parametrize(
    ("words", "value"), [("智算中心12个", "13"), ("百分之五十", "100"), ("半年完成", "50"), ("实现全覆盖", "100")]
)
def test_what_is_not_said_is_not_read(words, value):
    assert Decimal(value) not in printed_values(words)


@pytest.mark.parametrize("name", ["2031-01.txt", "2031-02.txt"])
def test_every_value_that_is_extracted_is_in_its_quote(name):
    parsed = parse_lines(read_path(settings.FIXTURES / "samples" / name).lines, Gazetteer.from_fixtures())
    targets = [target for policy in parsed.policies for target in policy.targets]
    assert targets
    for target in targets:
        values = {Decimal(str(value)) for value in (target.value, target.value_max) if value is not None}
        assert values <= printed_values(target.quote), target.quote
