"""Since when a practice has been public. Of those that were here before: since their last change, which is before any
subscription."""

from django.db import migrations, models
from django.db.models import F


def as_of_now(apps, schema_editor):
    apps.get_model("search", "Record").objects.update(appeared=F("change"))


class Migration(migrations.Migration):
    dependencies = [("search", "0003_search_indexes")]

    operations = [
        migrations.AddField(
            model_name="record",
            name="appeared",
            field=models.BigIntegerField(null=True, db_index=True, editable=False),
        ),
        migrations.RunPython(as_of_now, migrations.RunPython.noop),
    ]
