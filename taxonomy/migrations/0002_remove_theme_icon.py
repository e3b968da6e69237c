"""A theme's icon goes by its code; the field said the same once more and nothing read it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0001_initial")]

    operations = [migrations.RemoveField(model_name="theme", name="icon")]
