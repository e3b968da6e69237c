"""Terms that practices use are protected: the tables stay as they are, but now have models of their own in whose name a
term in use is not let go."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

# model, field of a practice, key to the term, its model, name of the field
TABLES = [
    ("PracticeCountry", "countries", "country", "taxonomy.country", "countries"),
    ("PracticeAdopter", "adopted_by", "country", "taxonomy.country", "adopted by"),
    ("PracticeTheme", "themes", "theme", "taxonomy.theme", "themes"),
    ("PracticeSDG", "sdgs", "sdg", "taxonomy.sdg", "SDGs"),
    ("PracticeBeneficiary", "beneficiaries", "beneficiary", "taxonomy.beneficiary", "beneficiaries"),
]


def of_own(model, field, key, term, label):
    return [
        migrations.CreateModel(
            name=model,
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (key, models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=term)),
                (
                    "practicepage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="practices.practicepage"
                    ),
                ),
            ],
            options={
                "db_table": f"practices_practicepage_{field}",
                "unique_together": {("practicepage", key)},
                "default_permissions": (),
            },
        ),
        migrations.AlterField(
            model_name="practicepage",
            name=field,
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True, related_name="+", through=f"practices.{model}", to=term, verbose_name=label
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("practices", "0008_same_on_purpose"), ("taxonomy", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[operation for table in TABLES for operation in of_own(*table)]
        )
    ]
