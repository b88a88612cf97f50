"""Targets hold what their indicator is about, by which regions are compared."""

from django.db import migrations, models

import policies.models.derived
import policies.models.target


def derive(apps, schema_editor):
    for target in apps.get_model("policies", "Target").objects.order_by().iterator():
        target.save(update_fields=["indicator_core"])


class Migration(migrations.Migration):
    dependencies = [("policies", "0006_counting_clauses")]

    operations = [
        migrations.AddField(
            model_name="target",
            name="indicator_core",
            field=policies.models.derived.DerivedText(
                default="", derive=policies.models.target.indicator_core, verbose_name="指标（所指）"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(derive, migrations.RunPython.noop),
    ]
