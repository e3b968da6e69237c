"""Columns of the desk that apps above this one provide: views, for example.

A column is an expression of the database, so that it is shown, sorted by and exported without a query for each row. In it
`OuterRef("translation_key")` is the key of the practice, the same in all its languages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class ProvidedColumn:
    """A column with a number or text: `name` is a stable identifier, `annotation` returns the expression."""

    name: str
    label: str | Promise
    annotation: Callable[[], Any]


_columns: dict[str, ProvidedColumn] = {}


def register_column(column: ProvidedColumn) -> None:
    """Register a column, in the `ready()` of the app that knows its values. Raises ValueError if the name is taken."""
    if _columns.setdefault(column.name, column) != column:
        raise ValueError(f"The desk has a column named {column.name} already.")


def provided_columns() -> list[ProvidedColumn]:
    """Return the columns in the order of their registration."""
    return list(_columns.values())
