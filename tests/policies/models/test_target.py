"""What a target is sought by is written with it, however it is written."""

from decimal import Decimal

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
