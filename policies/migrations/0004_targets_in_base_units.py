"""Targets hold what they are sought by: their indicator folded, their value in its base unit."""

from django.db import migrations, models

import policies.models.derived
import policies.models.target

DERIVED = ["indicator_folded", "base_unit", "base_value", "base_value_max"]


def derive(apps, schema_editor):
    for target in apps.get_model("policies", "Target").objects.order_by().iterator():
        target.save(update_fields=DERIVED)


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_contents_without_pages")]

    operations = [
        migrations.AddField(
            model_name="target",
            name="indicator_folded",
            field=policies.models.derived.DerivedText(
                default="", derive=policies.models.target.folded_indicator, verbose_name="指标（归一）"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="target",
            name="base_unit",
            field=policies.models.derived.DerivedText(
                default="", derive=policies.models.target.compared_in, verbose_name="基本单位"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="target",
            name="base_value",
            field=policies.models.derived.DerivedDecimal(
                decimal_places=18, default=0, derive=policies.models.target.lowest, max_digits=72,
                verbose_name="数值（基本单位）",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="target",
            name="base_value_max",
            field=policies.models.derived.DerivedDecimal(
                decimal_places=18, default=0, derive=policies.models.target.highest, max_digits=72,
                verbose_name="上限（基本单位）",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(derive, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="target", index=models.Index(fields=["base_unit", "base_value"], name="target_base_value")
        ),
        migrations.AddIndex(model_name="target", index=models.Index(fields=["indicator"], name="target_indicator")),
    ]
