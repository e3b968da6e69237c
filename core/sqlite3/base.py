"""The database backend `core.sqlite3`: iexact, icontains, istartswith and iendswith fold both sides with Python's casefold."""

from typing import Any

from django.db.backends.sqlite3 import base, operations

FOLDED_LOOKUPS = ("iexact", "icontains", "istartswith", "iendswith")
FUNCTION = "PORTAL_CASEFOLD"


class DatabaseOperations(operations.DatabaseOperations):
    def lookup_cast(self, lookup_type: str, internal_type: str | None = None) -> str:
        return f"{FUNCTION}(%s)" if lookup_type in FOLDED_LOOKUPS else "%s"


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    operators = base.DatabaseWrapper.operators | dict.fromkeys(
        FOLDED_LOOKUPS, f"LIKE {FUNCTION}(%s) ESCAPE '\\'"
    )

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.create_function(FUNCTION, 1, _fold, deterministic=True)
        return connection


def _fold(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
