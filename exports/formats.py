"""The formats that an export is written in piece by piece. XLSX is made whole (exports.tables)."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

from exports.bibliography import bibtex, ris
from exports.columns import Table, table_of
from exports.entries import Entry, iter_entries
from exports.json import as_json
from exports.tables import as_csv
from indexing.kinds import only_kind
from search.query import Query

Pieces = Generator[str, None, None]


@dataclass(frozen=True)
class ExportFormat:
    """Its content type, and what writes records in it, a table under headings in the reader's language."""

    content_type: str
    write: Callable[[Iterable[Entry], Table], Iterator[str]]


def _as_bibtex(found: Iterable[Entry], _: Table) -> Iterator[str]:
    return (f"{bibtex(entry)}\n" for entry in found)


def _as_ris(found: Iterable[Entry], _: Table) -> Iterator[str]:
    return (f"{ris(entry)}\r\n" for entry in found)


def _as_json(found: Iterable[Entry], _: Table) -> Iterator[str]:
    return as_json(found)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STREAMED = {
    "csv": ExportFormat("text/csv; charset=utf-8", as_csv),
    "json": ExportFormat("application/json", _as_json),
    "bib": ExportFormat("application/x-bibtex; charset=utf-8", _as_bibtex),
    "ris": ExportFormat("application/x-research-info-systems; charset=utf-8", _as_ris),
}


def streamed(format_: ExportFormat, query: Query) -> Pieces:
    """The answer piece by piece, in the query's language. It runs after the view, in whatever language is active then,
    so that all that depends on it is asked for now."""
    return _pieces(format_, query, table_of(only_kind(query.values("kind"))))


def _pieces(format_: ExportFormat, query: Query, table: Table) -> Pieces:
    # Closed with the response: a reader who goes away takes the walk along.
    with closing(iter_entries(query)) as found:
        yield from format_.write(found, table)
