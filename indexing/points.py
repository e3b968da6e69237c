"""The points (rows) of a comparison of records, listed in the registration of their kind; a brief shows the short ones.

A point reads its lines from a full record (exports.entries.Entry): labels by facet (`codes`), facts, texts and lists by the
names registered for the kind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise

from core.labels import Label


class FullRecord(Protocol):
    """The attributes of a full record that points read: labels by facet, facts, plain texts and lists of its kind."""

    @property
    def year(self) -> int | None: ...
    @property
    def codes(self) -> Mapping[str, Sequence[Label]]: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def texts(self) -> Mapping[str, str]: ...
    @property
    def parts(self) -> Mapping[str, Sequence[Mapping[str, Any]]]: ...
    @property
    def adopted_by(self) -> Sequence[Label]: ...


Lines = Callable[[FullRecord], list[str]]


@dataclass(frozen=True)
class Point:
    """A row of a comparison.

    `lines` returns the lines of one record, in the reader's language; if `text` names a text of the record, in the
    language of that text. Values of a row that `is_long` are not compared with each other.
    """

    label: str | Promise
    lines: Lines
    text: str = ""
    is_long: bool = False


@dataclass(frozen=True)
class PointGroup:
    label: str | Promise
    points: tuple[Point, ...]


def facet_point(label: str | Promise, facet: str) -> Point:
    """Return a row of the labels of a facet."""
    return Point(label, partial(_labels, facet))


def fact_point(label: str | Promise, name: str) -> Point:
    """Return a row of a fact; a code is shown by its label."""
    return Point(label, partial(fact_lines, name))


def date_point(label: str | Promise, name: str) -> Point:
    """Return a row of a fact that is a date, formatted for the reader's language."""
    return Point(label, partial(_day_lines, name))


def text_point(label: str | Promise, name: str, *, is_long: bool = False) -> Point:
    """Return a row of a text."""
    return Point(label, partial(text_lines, name), text=name, is_long=is_long)


def fact_lines(name: str, entry: FullRecord) -> list[str]:
    value = entry.facts.get(name)
    return [] if value is None else [str(getattr(value, "label", value))]


def text_lines(name: str, entry: FullRecord) -> list[str]:
    return [line for line in entry.texts.get(name, "").splitlines() if line.strip()]


def _day_lines(name: str, entry: FullRecord) -> list[str]:
    day = parse_date(entry.facts.get(name, ""))
    return [date_format(day, "DATE_FORMAT")] if day else []


def _labels(facet: str, entry: FullRecord) -> list[str]:
    return [label.label for label in entry.codes[facet]]
