"""A table of records as CSV and as XLSX (core.spreadsheets)."""

from collections.abc import Iterable, Iterator
from typing import IO

from core import spreadsheets
from exports.columns import Table
from exports.entries import Entry


def as_csv(entries: Iterable[Entry], table: Table) -> Iterator[str]:
    """Yield the table line by line, as in RFC 4180."""
    return spreadsheets.as_csv(table.headings, (table.cells(entry) for entry in entries))


def as_xlsx(entries: Iterable[Entry], table: Table, name: str) -> IO[bytes]:
    """Return a workbook with one sheet of this name as an open temporary file, deleted when it is closed."""
    return spreadsheets.as_xlsx(table.headings, (table.cells(entry) for entry in entries), name)
