"""Since when a practice has been public. Of those that were here before: since their last change, which is before any
subscription."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F

full_text_index = import_module("search.migrations.0002_full_text_index")


def as_of_now(apps, schema_editor):
    apps.get_model("search", "Record").objects.update(appeared=F("change"))


class Migration(migrations.Migration):
    dependencies = [("search", "0003_search_indexes")]

    operations = [
        # Backwards it comes after the field has been removed.
        migrations.RunPython(migrations.RunPython.noop, full_text_index.restore),
        migrations.AddField(
            model_name="record",
            name="appeared",
            field=models.BigIntegerField(null=True, db_index=True, editable=False),
        ),
        migrations.RunPython(as_of_now, migrations.RunPython.noop),
    ]
