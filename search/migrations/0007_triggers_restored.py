"""Where records were migrated back and forth before that kept their triggers, the full text has been standing still."""

from importlib import import_module

from django.db import migrations

full_text_index = import_module("search.migrations.0002_full_text_index")


class Migration(migrations.Migration):
    dependencies = [("search", "0006_lease_moves_to_core")]

    operations = [migrations.RunPython(full_text_index.restore, migrations.RunPython.noop)]
