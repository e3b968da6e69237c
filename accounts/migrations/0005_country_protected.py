"""The country of a person is not let go with the country's entry in the vocabulary."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_role_of_groups"), ("taxonomy", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="country",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taxonomy.country",
                verbose_name="country",
            ),
        ),
    ]
