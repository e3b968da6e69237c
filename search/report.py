"""The data of the admin's search report, collected once in the language of the request; its template makes no queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Case, When
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.jobs.models import Job
from indexing.models import JobStatus, Record, SearchIndex
from indexing.shipping import Backlog, backlog
from search.engines import engine
from search.query import Query

FIRST_KEYS = 20
CHECK = "indexing.check"
# The first two words of a line in the outcome of `indexing.check` -> label.
KINDS = {
    ("record", "missing"): _("Published practices that the search does not know"),
    ("record", "stale"): _("Practices that the search knows in an old state"),
    ("record", "ghosts"): _("Practices that the search still knows though they are no longer published"),
    ("record", "restricted"): _("Practices that the search still knows though their access is restricted"),
    ("server", "missing"): _("Practices that the search server does not have"),
    ("server", "stale"): _("Practices that the search server has in an old state"),
    ("server", "ghosts"): _("Practices that the search server should no longer have"),
}


@dataclass(frozen=True)
class DriftedPractice:
    """A practice reported by a check; without title and URL if no page has its key."""

    key: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Drift:
    """All drifted practices of one kind: their number, the first of them, and how many more there are."""

    label: str
    count: str
    first: list[DriftedPractice]
    more: str


@dataclass(frozen=True)
class CheckReport:
    at: datetime
    drift: list[Drift]


@dataclass(frozen=True)
class Index:
    """An index of the server. `filled` is the number of records in it while it is being filled, else empty."""

    name: str
    stage: str
    filled: str


@dataclass(frozen=True)
class RunningCheck:
    """A queued or running check: records compared so far, their total, and the error of the last attempt."""

    done: str
    total: str
    error: str


@dataclass(frozen=True)
class Report:
    """The data of the report.

    `server` is the name of the configured search server or empty; `away` means that the database answers in its place.
    `checking` is a check in progress; `not_checked` says why the last one could not compare the server.
    """

    server: str
    away: bool
    records: str
    alias: str
    answering: str
    indexes: list[Index]
    waiting: Backlog | None
    waiting_records: str
    shipped: JobStatus | None
    shipped_records: str
    error: JobStatus | None
    checked: CheckReport | None
    checking: RunningCheck | None
    not_checked: str


def gather() -> Report:
    statuses = {status.kind: status for status in JobStatus.objects.all()}
    shipped, checked = statuses.get(JobStatus.Kind.SHIPPED), statuses.get(JobStatus.Kind.CHECK)
    indexes = list(SearchIndex.objects.order_by("pk")) if settings.ELASTICSEARCH_URL else []
    answering = next((index.name for index in indexes if index.stage == SearchIndex.Stage.LIVE), "")
    waiting = backlog() if answering else None
    return Report(
        server="Elasticsearch" if settings.ELASTICSEARCH_URL else "",
        away=_is_away(),
        records=_grouped(Record.objects.live().count()),
        alias=settings.ELASTICSEARCH_INDEX,
        answering=answering,
        indexes=[Index(index.name, index.get_stage_display(), _filled(index)) for index in indexes],
        waiting=waiting,
        waiting_records=_grouped(waiting.records) if waiting else "",
        shipped=shipped,
        shipped_records=_grouped(int(shipped.text)) if shipped else "",
        error=statuses.get(JobStatus.Kind.ERROR),
        checked=CheckReport(checked.at, _drift(checked.text)) if checked else None,
        checking=_running_check(),
        not_checked=Job.objects.last_outcome(CHECK),
    )


def _running_check() -> RunningCheck | None:
    job = Job.objects.filter(name=CHECK).unfinished().order_by("pk").first()
    if job is None:
        return None
    total = _grouped(job.total) if job.total is not None else ""
    return RunningCheck(done=_grouped(job.done), total=total, error=job.error)


def _is_away() -> bool:
    """Return whether the server is unavailable. Only a query shows it, so the cheapest possible one is sent."""
    engine().size(Query())
    return engine().is_unavailable


def _filled(index: SearchIndex) -> str:
    if index.stage != SearchIndex.Stage.FILLING:
        return ""
    filled = Record.objects.filter(key__lte=index.filled_to).count() if index.filled_to else 0
    return _grouped(filled)


def _drift(text: str) -> list[Drift]:
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in text.splitlines():
        side, kind, key = line.split()
        keys[side, kind].append(key)
    pages = _pages(key for drifted_keys in keys.values() for key in drifted_keys[:FIRST_KEYS])
    return [
        Drift(
            label=str(KINDS.get(kind, " ".join(kind))),
            count=_grouped(len(drifted_keys)),
            first=[pages.get(key, DriftedPractice(key)) for key in drifted_keys[:FIRST_KEYS]],
            more=_grouped(len(drifted_keys) - FIRST_KEYS) if len(drifted_keys) > FIRST_KEYS else "",
        )
        for kind, drifted_keys in keys.items()
    ]


def _pages(keys: Iterable[str]) -> dict[str, DriftedPractice]:
    """Return key -> practice with the title and URL of its page, in the user's language if there is one."""
    pages = Page.objects.filter(translation_key__in=map(UUID, keys), alias_of=None)
    pages_by_key: dict[str, DriftedPractice] = {}
    for page in pages.order_by(Case(When(locale__language_code=get_language(), then=0), default=1), "pk"):
        key = str(page.translation_key)
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        pages_by_key.setdefault(key, DriftedPractice(key, page.get_admin_display_title(), url))
    return pages_by_key


def _grouped(number: int) -> str:
    """Return the number with the thousands separators of the active language."""
    return str(number_format(number, use_l10n=True, force_grouping=True))
