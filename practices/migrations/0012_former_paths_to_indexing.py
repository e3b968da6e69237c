"""Former paths and withdrawals, for records of any kind, go to the app `indexing`, whose 0002 takes them up from here.

All that the database sees is done here, so that their tables are never in two apps, nor their content types.
"""

from uuid import UUID, uuid5

import django.db.models.deletion
from django.db import migrations, models

# Old name of a model -> its new one.
MODELS = {"address": "formerpath", "withdrawal": "withdrawal"}
# How Wagtail hashes the path of a field in its index of references (wagtail.models.ReferenceIndex).
HASHED = UUID("bdc70d8b-e7a2-4c2a-bf43-2a3e3fcbbe86")


def forget_other_kinds(apps, schema_editor):
    """On the way back: a key can point to practices only again."""
    practices = apps.get_model("practices", "PracticePage").objects.values("pk")
    withdrawals = apps.get_model("practices", "Withdrawal").objects
    for name in ("practice", "replaced_by"):
        withdrawals.exclude(**{f"{name}__in": practices}).update(**{name: None})


def rename_content_type(apps, before, after):
    """And what goes by its name: permissions. What goes by its id follows: what groups may do, the log.

    One of the new name may be there already, and unused, as its table was not: code of the one release makes it on a
    database of the other.
    """
    content_types = apps.get_model("contenttypes", "ContentType").objects
    found = content_types.filter(app_label=before[0], model=before[1]).first()
    if found is None:
        return
    content_types.filter(app_label=after[0], model=after[1]).delete()
    content_types.filter(pk=found.pk).update(app_label=after[0], model=after[1])
    for permission in apps.get_model("auth", "Permission").objects.filter(content_type=found.pk):
        permission.codename = permission.codename.replace(f"_{before[1]}", f"_{after[1]}")
        permission.save()


def rename_references(apps, app, before, after):
    """Where Wagtail noted which pages a withdrawal names."""
    noted = apps.get_model("wagtailcore", "ReferenceIndex").objects
    noted.filter(
        content_type__app_label=app, content_type__model="withdrawal", model_path=before
    ).update(model_path=after, content_path=after, content_path_hash=uuid5(HASHED, after))


def give(apps, schema_editor):
    for old, new in MODELS.items():
        rename_content_type(apps, ("practices", old), ("indexing", new))
    rename_references(apps, "indexing", "practice", "page")


def take_back(apps, schema_editor):
    for old, new in MODELS.items():
        rename_content_type(apps, ("indexing", new), ("practices", old))
    rename_references(apps, "practices", "page", "practice")


def page(**options):
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="wagtailcore.page", **options
    )


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("practices", "0011_message_turn"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterField("withdrawal", "practice", page()),
                migrations.AlterField("withdrawal", "replaced_by", page(blank=True)),
                migrations.RunPython(migrations.RunPython.noop, forget_other_kinds),
                migrations.RenameField("withdrawal", "practice", "page"),
                migrations.AlterModelTable("address", "indexing_formerpath"),
                migrations.AlterModelTable("withdrawal", "indexing_withdrawal"),
            ],
            state_operations=[migrations.DeleteModel("Address"), migrations.DeleteModel("Withdrawal")],
        ),
        migrations.RunPython(give, take_back),
    ]
