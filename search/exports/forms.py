"""The forms in which the answer to a question is taken away."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

from search.entries import Entry, walk
from search.exports.bibliography import bibtex, ris
from search.exports.columns import headings
from search.exports.objects import as_json
from search.exports.tables import as_csv
from search.question import Question

Pieces = Generator[str, None, None]


@dataclass(frozen=True)
class Form:
    """What a form is called in HTTP, and what makes it of practices and of the headings in the reader's language."""

    content_type: str
    write: Callable[[Iterable[Entry], list[str]], Iterator[str]]


def _as_bibtex(found: Iterable[Entry], _: list[str]) -> Iterator[str]:
    return (f"{bibtex(entry)}\n" for entry in found)


def _as_ris(found: Iterable[Entry], _: list[str]) -> Iterator[str]:
    return (f"{ris(entry)}\r\n" for entry in found)


def _as_json(found: Iterable[Entry], _: list[str]) -> Iterator[str]:
    return as_json(found)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STREAMED = {
    "csv": Form("text/csv; charset=utf-8", as_csv),
    "json": Form("application/json", _as_json),
    "bib": Form("application/x-bibtex; charset=utf-8", _as_bibtex),
    "ris": Form("application/x-research-info-systems; charset=utf-8", _as_ris),
}


def streamed(form: Form, question: Question) -> Pieces:
    """The answer piece by piece, in the question's language. It runs after the view, in whatever language is active then,
    so that all that depends on it is asked for now."""
    return _pieces(form, question, headings())


def _pieces(form: Form, question: Question, above: list[str]) -> Pieces:
    # Closed with the response: a reader who goes away takes the walk along.
    with closing(walk(question)) as found:
        yield from form.write(found, above)
