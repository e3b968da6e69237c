"""Each database keeps its own full-text index of the record's terms by triggers: no code path can forget it."""

from django.db import migrations

COLUMNS = ["title_terms", "keyword_terms", "summary_terms", "body_terms", "title_words"]

SQLITE_UP = [
    # `ascii`: every sign beyond ASCII belongs to a term, so terms are indexed as they stand.
    f"CREATE VIRTUAL TABLE search_text USING fts5({', '.join(COLUMNS)}, "
    "content='search_record', content_rowid='id', tokenize='ascii')",
    *(
        f"CREATE TRIGGER search_text_{name} AFTER {event} ON search_record BEGIN {' '.join(steps)} END"
        for name, event, steps in (
            ("insert", "INSERT", ["{add}"]),
            ("delete", "DELETE", ["{drop}"]),
            ("update", f"UPDATE OF {', '.join(COLUMNS)}", ["{drop}", "{add}"]),
        )
    ),
]
ADD = f"INSERT INTO search_text(rowid, {', '.join(COLUMNS)}) VALUES (new.id, {', '.join(f'new.{c}' for c in COLUMNS)});"
DROP = (
    f"INSERT INTO search_text(search_text, rowid, {', '.join(COLUMNS)}) "
    f"VALUES ('delete', old.id, {', '.join(f'old.{c}' for c in COLUMNS)});"
)
SQLITE_DOWN = [
    *(f"DROP TRIGGER IF EXISTS search_text_{name}" for name in ("insert", "delete", "update")),
    "DROP TABLE search_text",
]

# Positions over 16383 do not exist in a tsvector; phrases are checked on the terms themselves.
POSTGRES_UP = [
    "ALTER TABLE search_record ADD COLUMN text_vector tsvector, ADD COLUMN title_vector tsvector",
    """
    CREATE FUNCTION search_terms_vector(terms text, weight text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(string_agg(quote_literal(term) || ':' || least(place, 16383) || weight, ' '), '')::tsvector
        FROM unnest(string_to_array(terms, ' ')) WITH ORDINALITY AS t(term, place) WHERE term <> ''
    $$
    """,
    """
    CREATE FUNCTION search_record_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        new.text_vector := search_terms_vector(new.title_terms, 'A') || search_terms_vector(new.keyword_terms, 'B')
            || search_terms_vector(new.summary_terms, 'C') || search_terms_vector(new.body_terms, 'D');
        new.title_vector := search_terms_vector(new.title_words, 'A');
        RETURN new;
    END $$
    """,
    f"""
    CREATE TRIGGER search_record_vectors BEFORE INSERT OR UPDATE OF {", ".join(COLUMNS)} ON search_record
    FOR EACH ROW EXECUTE FUNCTION search_record_vectors()
    """,
    "CREATE INDEX search_record_text ON search_record USING gin (text_vector)",
    "CREATE INDEX search_record_title ON search_record USING gin (title_vector)",
]
POSTGRES_DOWN = [
    "DROP TRIGGER search_record_vectors ON search_record",
    "DROP FUNCTION search_record_vectors()",
    "DROP FUNCTION search_terms_vector(text, text)",
    "ALTER TABLE search_record DROP COLUMN text_vector, DROP COLUMN title_vector",
]


# Of records that are there already.
SQLITE_FILL = "INSERT INTO search_text(search_text) VALUES ('rebuild')"
POSTGRES_FILL = "UPDATE search_record SET title_terms = title_terms"


def sqlite_up():
    return [step.replace("{add}", ADD).replace("{drop}", DROP) for step in SQLITE_UP]


def forwards(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for step in [*sqlite_up(), SQLITE_FILL] if is_sqlite else [*POSTGRES_UP, POSTGRES_FILL]:
        schema_editor.execute(step, params=None)


def restore(apps, schema_editor):
    """After an operation for which SQLite makes the table of records anew, and so loses its triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for step in (*SQLITE_DOWN, *sqlite_up(), SQLITE_FILL):
            schema_editor.execute(step, params=None)


def backwards(apps, schema_editor):
    for step in SQLITE_DOWN if schema_editor.connection.vendor == "sqlite" else POSTGRES_DOWN:
        schema_editor.execute(step, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
