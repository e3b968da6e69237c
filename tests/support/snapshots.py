"""What a function makes in the database: made once a process, and put there again as rows whenever a test asks for it.

A tree of pages takes 0.2 seconds when it is made as editors make it, and a thousand tests begin with one; its rows take a few
milliseconds. They are those that were made, with their ids, records and log entries.
"""

import pickle
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from wagtail.models import Site

from core.versions import next_version

Made = TypeVar("Made")
# By model, as the database gives them; what triggers add is theirs.
Rows = dict[type[Model], set[tuple[Any, ...]]]


class Snapshot(Generic[Made]):
    """`put()` does what `make()` does and returns what it returns, as objects of the caller's own. Where the tables are not as
    they were before the first time, it makes it anew."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self.make = make
        self.before: Rows = {}
        self.after: Rows = {}
        self.pickled = b""

    def put(self) -> Made:
        if not self.pickled:
            return self._make_for_the_first_time()
        if _rows_of(self.before) != self.before:
            return self.make()
        with transaction.atomic():
            for model, rows in self.before.items():
                _delete(model, rows - self.after[model])
                _insert(model, self.after[model] - rows)
            # What the process remembers under the number of the first time may be what another test has made of it.
            next_version()
        Site.clear_site_root_paths_cache()  # as saving a site does
        return pickle.loads(self.pickled)

    def _make_for_the_first_time(self) -> Made:
        before = _rows_of(_models())
        made = self.make()
        after = _rows_of(before)
        changed = [model for model in before if before[model] != after[model]]
        self.before = {model: before[model] for model in changed}
        self.after = {model: after[model] for model in changed}
        self.pickled = pickle.dumps(made)
        return made


def _models() -> Iterable[type[Model]]:
    """All with a table but Wagtail's full text on SQLite, which triggers fill."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.db_table.endswith("_fts"):
            yield model


def _rows_of(models: Iterable[type[Model]]) -> Rows:
    return {model: _rows(model) for model in models}


def _rows(model: type[Model]) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns(model)} FROM {_quoted(model._meta.db_table)}")
        return set(cursor.fetchall())


def _delete(model: type[Model], rows: set[tuple[Any, ...]]) -> None:
    """Delete these rows: they have their primary key in the place that it has in the model."""
    place = model._meta.local_concrete_fields.index(model._meta.pk)
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [(row[place],) for row in rows])


def _insert(model: type[Model], rows: set[tuple[Any, ...]]) -> None:
    places = ", ".join(["%s"] * len(model._meta.local_concrete_fields))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {_quoted(model._meta.db_table)} ({_columns(model)}) VALUES ({places})"
        cursor.executemany(statement, sorted(rows, key=repr))


def _columns(model: type[Model]) -> str:
    return ", ".join(_quoted(field.column) for field in model._meta.local_concrete_fields)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
