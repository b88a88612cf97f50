"""What a target is sought by is written with it, however it is written."""

from decimal import Decimal

import pytest

from policies.models import Target


def sought_by(target: Target) -> tuple:
    target.refresh_from_db()
    return target.indicator_folded, target.base_unit, target.base_value, target.base_value_max


def test_derived_columns_follow_a_row_that_is_made_or_changed(library):
    place = {"policy": library.plan, "line": 14, "quote": "x", "rule": "test"}
    made = Target(**place, indicator="ＡＩ 企業", op="range", value=Decimal("1.5"), value_max=2, unit="万家")
    Target.objects.bulk_create([made])
    assert sought_by(made) == ("ai企业", "家", 15000, 20000)
    made.indicator, made.op, made.value, made.value_max, made.unit = "道路", "=", 3, None, "公里"
    made.save()
    assert sought_by(made) == ("道路", "米", 3000, 3000)


@pytest.mark.parametrize(
    ("op", "value", "value_max", "unit", "words"),
    [
        ("=", "12.000000", None, "个", "12 个"),
        (">", "1000.000000", None, "亿元", "超过 1000 亿元"),
        (">=", "3.200000", None, "万个", "不低于 3.2 万个"),
        ("<=", "30", None, "秒", "不超过 30 秒"),
        ("<", "1.25", None, "%", "低于 1.25%"),
        ("~", "30", None, "%", "约 30%"),
        ("range", "1", "2", "家", "1—2 家"),
        ("<=", "1.250000", None, "", "不超过 1.25"),
    ],
)
def test_is_told_with_its_comparator_in_words_and_both_ends(op, value, value_max, unit, words):
    target = Target(
        indicator="驿站", op=op, value=Decimal(value), value_max=value_max and Decimal(value_max), unit=unit
    )
    assert target.quantity == words
    assert str(target) == f"驿站 {words}"
