"""Names and variants as columns of their own, in the full-text index too; and which analysis made the terms.

The terms of records that are there already stay as they are: the job `indexing.reanalyse` makes them anew from the pages.
"""

from importlib import import_module

from django.db import migrations, models

full_text_index = import_module("search.migrations.0002_full_text_index")

COLUMNS = (
    "title_terms",
    "keyword_terms",
    "name_terms",
    "summary_terms",
    "body_terms",
    "variant_terms",
    "title_words",
)
ADD = f"INSERT INTO search_text(rowid, {', '.join(COLUMNS)}) VALUES (new.id, {', '.join(f'new.{c}' for c in COLUMNS)});"
DROP = (
    f"INSERT INTO search_text(search_text, rowid, {', '.join(COLUMNS)}) "
    f"VALUES ('delete', old.id, {', '.join(f'old.{c}' for c in COLUMNS)});"
)
SQLITE_UP = [
    f"CREATE VIRTUAL TABLE search_text USING fts5({', '.join(COLUMNS)}, "
    "content='search_record', content_rowid='id', tokenize='ascii')",
    f"CREATE TRIGGER search_text_insert AFTER INSERT ON search_record BEGIN {ADD} END",
    f"CREATE TRIGGER search_text_delete AFTER DELETE ON search_record BEGIN {DROP} END",
    f"CREATE TRIGGER search_text_update AFTER UPDATE OF {', '.join(COLUMNS)} ON search_record BEGIN {DROP} {ADD} END",
    full_text_index.SQLITE_FILL,
]
# A tsvector has four weights: names share that of keywords, variants that of the body.
POSTGRES_UP = [
    """
    CREATE OR REPLACE FUNCTION search_record_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        new.text_vector := search_terms_vector(new.title_terms, 'A') || search_terms_vector(new.keyword_terms, 'B')
            || search_terms_vector(new.name_terms, 'B') || search_terms_vector(new.summary_terms, 'C')
            || search_terms_vector(new.body_terms, 'D') || search_terms_vector(new.variant_terms, 'D');
        new.title_vector := search_terms_vector(new.title_words, 'A');
        RETURN new;
    END $$
    """,
    "DROP TRIGGER search_record_vectors ON search_record",
    f"""
    CREATE TRIGGER search_record_vectors BEFORE INSERT OR UPDATE OF {", ".join(COLUMNS)} ON search_record
    FOR EACH ROW EXECUTE FUNCTION search_record_vectors()
    """,
]


def forwards(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for step in [*full_text_index.SQLITE_DOWN, *SQLITE_UP] if is_sqlite else POSTGRES_UP:
        schema_editor.execute(step, params=None)


def drop_triggers(apps, schema_editor):
    """Before the columns go, which the triggers name."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    steps = full_text_index.SQLITE_DOWN if is_sqlite else full_text_index.POSTGRES_DOWN
    for step in steps:
        schema_editor.execute(step, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("indexing", "0002_former_paths_and_withdrawals"),
        ("search", "0008_records_to_indexing"),
    ]

    operations = [
        # Backwards, last: the former index of the former columns.
        migrations.RunPython(migrations.RunPython.noop, full_text_index.forwards),
        migrations.AddField("record", "name_terms", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("record", "variant_terms", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("record", "analysis", models.PositiveSmallIntegerField(db_index=True, default=0)),
        migrations.AddField("lexiconword", "is_name", models.BooleanField(default=False)),
        migrations.RunPython(forwards, drop_triggers),
    ]
