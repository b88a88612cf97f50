from django.db import migrations


def editors_who_published_become_chiefs(apps, schema_editor):
    """Before there were roles the group of editors might publish, which chief editors do now."""
    Group = apps.get_model("auth", "Group")
    former = Group.objects.filter(name="编辑", permissions__codename="publish_issue")
    if not Group.objects.filter(name="主编").exists():
        former.update(name="主编")


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("policies", "0012_printed_pages_come_back"),
    ]

    operations = [migrations.RunPython(editors_who_published_become_chiefs, migrations.RunPython.noop)]
