"""Figures of the report on use: totals, days, countries, languages, filters, practices and files of a period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext

from core.alternates import absolute
from indexing.facets import FACETS
from indexing.permanent import permanent_path
from search.labels import Labels, labels
from search.results import Item, items_for
from usage.facts import Event
from usage.models import DailyCount, DailyCountQuerySet

PERIODS = (7, 30, 90, 365)
MOST_ROWS = 15
# Beyond these a bar is a week.
MOST_BARS = 92
WEEK = timedelta(days=7)
# Events of one practice, which has countries.
OF_PRACTICES = (Event.READ, Event.DOWNLOAD, Event.CITATION, Event.ADOPTION)
CHARTS = (Event.SEARCH, Event.READ, Event.DOWNLOAD)


@dataclass(frozen=True)
class Selection:
    """What the report is asked for: days up to today, a language and a country of the practice, "" for all."""

    days: int
    last: date
    language: str = ""
    country: str = ""

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.days - 1)

    def counts(self, *, before: bool = False) -> DailyCountQuerySet:
        """Return the counts of the period, or of as many days before it."""
        shift = timedelta(days=self.days if before else 0)
        counts = DailyCount.objects.between(self.first - shift, self.last - shift)
        if self.language:
            counts = counts.filter(language=self.language)
        # Codes have two letters each, so that no other code contains this one.
        return counts.filter(countries__contains=self.country) if self.country else counts


@dataclass(frozen=True)
class Total:
    """What people did in the period and in the one before, and what machines did."""

    label: str
    number: int
    before: int
    by_machines: int


@dataclass(frozen=True)
class Bar:
    """A day or week of a chart, with the place of its bar in percent of the chart's height."""

    label: str
    number: int
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class Chart:
    """The bars of an event, from the first day of the period to the last."""

    event: str
    label: str
    bars: list[Bar]
    width: int
    most: int
    is_weekly: bool

    @property
    def last_label(self) -> str:
        return self.bars[-1].label


@dataclass(frozen=True)
class Row:
    label: str
    numbers: list[int]


@dataclass(frozen=True)
class Table:
    headings: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class ReadPractice:
    item: Item
    number: int


def totals(selection: Selection) -> list[Total]:
    sums = {(event, is_bot): number for event, is_bot, number in selection.counts().sums("event", "is_bot")}
    before = dict(selection.counts(before=True).by_people().sums("event"))
    return [
        Total(str(event.label), sums.get((event, False), 0), before.get(event, 0), sums.get((event, True), 0))
        for event in Event
        if event != Event.NEW_TEXT
    ]


def charts(selection: Selection) -> list[Chart]:
    """Return a chart of each of CHARTS, without those that are empty."""
    by_event: dict[str, Counter[date]] = {event: Counter() for event in CHARTS}
    for event, day, number in _by_people(selection).filter(event__in=CHARTS).sums("event", "day"):
        by_event[event][day] = number
    return [_chart(Event(event), days, selection) for event, days in by_event.items() if days]


def _chart(event: Event, numbers: Counter[date], selection: Selection) -> Chart:
    is_weekly = selection.days > MOST_BARS
    step = WEEK if is_weekly else timedelta(days=1)
    starts = []
    start = selection.first
    while start <= selection.last:
        starts.append(start)
        start += step
    sums = [sum(number for day, number in numbers.items() if start <= day < start + step) for start in starts]
    most = max(sums) or 1
    bars = [
        Bar(
            date_format(start, "DATE_FORMAT"),
            number,
            10 * place,
            100 - 100 * number / most,
            100 * number / most,
        )
        for place, (start, number) in enumerate(zip(starts, sums, strict=True))
    ]
    return Chart(event, str(event.label), bars, 10 * len(bars), most, is_weekly)


def by_country(selection: Selection, facet_labels: Labels) -> Table:
    """Return the events of practices for each country; a practice of several countries is in the row of each."""
    sums: dict[str, Counter[str]] = {}
    for countries, event, number in _by_people(selection).exclude(countries="").sums("countries", "event"):
        for code in countries.split():
            sums.setdefault(code, Counter())[event] += number
    if selection.country:
        sums = {code: numbers for code, numbers in sums.items() if code == selection.country}
    return _table(sums, OF_PRACTICES, facet_labels["country"])


def by_language(selection: Selection) -> Table:
    sums: dict[str, Counter[str]] = {}
    for language, event, number in _by_people(selection).sums("language", "event"):
        sums.setdefault(language, Counter())[event] += number
    events = (Event.SEARCH, Event.VAIN_SEARCH, *OF_PRACTICES)
    names = {code: str(name) for code, name in settings.LANGUAGES}
    return _table(sums, events, names | {"": gettext("Documents, in any language")})


def _table(sums: dict[str, Counter[str]], events: Iterable[Event], names: dict[str, str]) -> Table:
    events = list(events)
    rows = [
        Row(names.get(code, code), [numbers[event] for event in events]) for code, numbers in sums.items()
    ]
    rows.sort(key=lambda row: (-sum(row.numbers), row.label))
    return Table([str(event.label) for event in events], rows)


def filters(selection: Selection, facet_labels: Labels) -> list[Row]:
    sums = _by_people(selection).filter(event=Event.FILTER).sums("detail")
    return [Row(filter_label(detail, facet_labels), [number]) for detail, number in sums[:MOST_ROWS]]


def filter_label(detail: str, facet_labels: Labels) -> str:
    """Return "Country: Kazakhstan" for country=KZ."""
    facet, _, code = detail.partition("=")
    if facet not in FACETS:
        return detail
    value = facet_labels[facet].get(code, code)
    return f"{FACETS[facet].label}: {value}" if code else str(FACETS[facet].label)


def files(selection: Selection) -> list[Row]:
    """Return downloads and citations by format."""
    sums = _by_people(selection).filter(event__in=(Event.DOWNLOAD, Event.CITATION)).sums("event", "detail")
    return [
        Row(f"{Event(event).label}: {format_label(detail)}", [number])
        for event, detail, number in sums[:MOST_ROWS]
    ]


def format_label(detail: str) -> str:
    """Return the name of a format, or of the file that has one of its own."""
    names = {"gaps": gettext("countries by themes (CSV)"), "document": gettext("attached documents")}
    return names.get(detail) or detail.upper()


def most_read(selection: Selection, language: str) -> list[ReadPractice]:
    """Return the practices read most, without those that are public no more."""
    sums = _by_people(selection).filter(event=Event.READ).sums("record")[:MOST_ROWS]
    items = {str(item.key): item for item in items_for([UUID(key) for key, _ in sums], language)}
    return [ReadPractice(items[key], number) for key, number in sums if key in items]


def export_rows(selection: Selection, language: str) -> Iterable[list[str | int]]:
    """Yield headings and one row for each count of the period, with labels and codes."""
    yield [
        gettext("Day"), gettext("What"), gettext("Language"), gettext("Countries of the practice"),
        gettext("Practice"), gettext("Filter or format"), gettext("By machines"), gettext("Number"),
    ]  # fmt: skip
    facet_labels = labels(language)
    rows: QuerySet[DailyCount] = selection.counts().filter(number__gt=0).order_by("day", "event", "pk")
    for row in rows.iterator():
        detail = filter_label(row.detail, facet_labels) if row.event == Event.FILTER else row.detail
        practice = absolute(permanent_path(UUID(row.record))) if row.record else ""
        by_machines = gettext("yes") if row.is_bot else gettext("no")
        yield [
            row.day.isoformat(), str(Event(row.event).label), row.language, row.countries, practice, detail, by_machines,
            row.number,
        ]  # fmt: skip


def _by_people(selection: Selection) -> DailyCountQuerySet:
    return selection.counts().by_people()
