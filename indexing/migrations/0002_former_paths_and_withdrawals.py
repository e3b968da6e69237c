"""The tables that `practices` has given away in its 0012: nothing is left to do in the database."""

import django.db.models.deletion
from django.db import migrations, models

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def page(verbose_name, **options):
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to="wagtailcore.page",
        verbose_name=verbose_name,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("indexing", "0001_records_from_search"),
        ("practices", "0012_former_paths_to_indexing"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="FormerPath",
                    fields=[
                        ID,
                        ("path", models.CharField(max_length=500, unique=True)),
                        ("key", models.UUIDField(db_index=True)),
                    ],
                    options={"verbose_name": "former path"},
                ),
                migrations.CreateModel(
                    name="Withdrawal",
                    fields=[
                        ID,
                        (
                            "page",
                            page(
                                "withdrawn page",
                                help_text="Any of its languages. Unpublish it as well: while it is public, it is shown.",
                            ),
                        ),
                        ("key", models.UUIDField(editable=False, unique=True)),
                        ("replaced_by", page("replaced by", blank=True)),
                        (
                            "merged",
                            models.BooleanField(
                                default=False,
                                help_text="Then the old address leads straight to the other page.",
                                verbose_name="merged into it",
                            ),
                        ),
                        (
                            "reason_en",
                            models.CharField(blank=True, max_length=300, verbose_name="reason in English"),
                        ),
                        (
                            "reason_ru",
                            models.CharField(blank=True, max_length=300, verbose_name="reason in Russian"),
                        ),
                    ],
                    options={
                        "verbose_name": "withdrawn page",
                        "verbose_name_plural": "withdrawn pages",
                    },
                ),
            ]
        )
    ]
