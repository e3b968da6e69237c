"""The tables of the index, until now of the app `search`. They keep their names, which triggers and full-text indexes use."""

from django.db import migrations, models

APP, OLD_APP = "indexing", "search"
# Old name of a model -> its new one.
MODELS = {"record": "record", "word": "lexiconword", "searchindex": "searchindex", "happening": "jobstatus"}


def rename_content_type(apps, before, after):
    """Unless the new one is there already: `migrate` makes those of a state that it has come back to."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    if not content_types.filter(app_label=after[0], model=after[1]).exists():
        content_types.filter(app_label=before[0], model=before[1]).update(app_label=after[0], model=after[1])


def take_content_types(apps, schema_editor):
    for old, new in MODELS.items():
        rename_content_type(apps, (OLD_APP, old), (APP, new))


def give_content_types_back(apps, schema_editor):
    for old, new in MODELS.items():
        rename_content_type(apps, (APP, new), (OLD_APP, old))


def rename_jobs(before, after):
    """Jobs that wait, and when the timetable comes to them."""

    def rename(apps, schema_editor):
        for model in ("Job", "ScheduledRun"):
            rows = apps.get_model("core", model).objects
            for name in ("rebuild_term", "rebuild_below", "check"):
                rows.filter(name=f"{before}.{name}").update(name=f"{after}.{name}")

    return rename


ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0004_jobs_and_mail"),
        ("search", "0007_triggers_restored"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Record",
                    fields=[
                        ID,
                        ("key", models.UUIDField(unique=True)),
                        ("kind", models.CharField(max_length=30)),
                        ("version", models.BigIntegerField(default=0)),
                        ("change", models.BigIntegerField(db_index=True)),
                        ("removed", models.BooleanField(default=False)),
                        ("appeared", models.BigIntegerField(db_index=True, editable=False, null=True)),
                        ("document", models.JSONField(default=dict)),
                        ("facets", models.JSONField(default=dict)),
                        ("first_published", models.DateTimeField(null=True)),
                        ("year", models.PositiveSmallIntegerField(null=True)),
                        ("title_key_en", models.TextField(blank=True)),
                        ("title_key_ru", models.TextField(blank=True)),
                        ("title_terms", models.TextField(blank=True)),
                        ("keyword_terms", models.TextField(blank=True)),
                        ("summary_terms", models.TextField(blank=True)),
                        ("body_terms", models.TextField(blank=True)),
                        ("title_words", models.TextField(blank=True)),
                    ],
                    options={"verbose_name": "record", "db_table": "search_record"},
                ),
                migrations.CreateModel(
                    name="LexiconWord",
                    fields=[ID, ("word", models.CharField(max_length=64, unique=True))],
                    options={"verbose_name": "word", "db_table": "search_word"},
                ),
                migrations.CreateModel(
                    name="SearchIndex",
                    fields=[
                        ID,
                        ("name", models.CharField(max_length=100, unique=True)),
                        ("fingerprint", models.CharField(max_length=64)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("filling", "being filled"),
                                    ("next", "about to answer"),
                                    ("live", "answers"),
                                ],
                                default="filling",
                                max_length=10,
                            ),
                        ),
                        ("filled_to", models.UUIDField(null=True)),
                        ("shipped", models.BigIntegerField(default=0)),
                    ],
                    options={"verbose_name": "search index", "db_table": "search_searchindex"},
                ),
                migrations.CreateModel(
                    name="JobStatus",
                    fields=[
                        ID,
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("shipped", "last shipped"),
                                    ("error", "last error"),
                                    ("check", "last check"),
                                ],
                                max_length=10,
                                unique=True,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("text", models.TextField(blank=True)),
                    ],
                    options={"verbose_name": "job status", "db_table": "search_happening"},
                ),
            ]
        ),
        migrations.RunPython(take_content_types, give_content_types_back),
        migrations.RunPython(rename_jobs("search", "indexing"), rename_jobs("indexing", "search")),
    ]
