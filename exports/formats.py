"""The export formats that are streamed. XLSX is written to a file first (exports.tables)."""

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
    """The content type of a format, and the function that writes entries with the columns of a table."""

    content_type: str
    write: Callable[[Iterable[Entry], Table], Iterator[str]]


def _as_bibtex(entries: Iterable[Entry], _: Table) -> Iterator[str]:
    return (f"{bibtex(entry)}\n" for entry in entries)


def _as_ris(entries: Iterable[Entry], _: Table) -> Iterator[str]:
    return (f"{ris(entry)}\r\n" for entry in entries)


def _as_json(entries: Iterable[Entry], _: Table) -> Iterator[str]:
    return as_json(entries)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STREAMED_FORMATS = {
    "csv": ExportFormat("text/csv; charset=utf-8", as_csv),
    "json": ExportFormat("application/json", _as_json),
    "bib": ExportFormat("application/x-bibtex; charset=utf-8", _as_bibtex),
    "ris": ExportFormat("application/x-research-info-systems; charset=utf-8", _as_ris),
}


def stream_export(format_: ExportFormat, query: Query) -> Pieces:
    """Return the results of the query piece by piece, in its language.

    The generator runs after the view, when another language may be active, so the headings are evaluated now.
    """
    return _pieces(format_, query, table_of(only_kind(query.values("kind"))))


def _pieces(format_: ExportFormat, query: Query, table: Table) -> Pieces:
    # Closing the response also ends the query, for example when the reader disconnects.
    with closing(iter_entries(query)) as entries:
        yield from format_.write(entries, table)
