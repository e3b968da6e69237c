"""What the admin's report on the search tells. Gathered once, in the language of the request; its template asks nothing."""

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
from indexing.shipping import Waiting, backlog
from search.engines import engine
from search.query import Query

FIRST_KEYS = 20
CHECK = "indexing.check"
# What `indexing.check` writes at the beginning of a line, and what it means.
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
class Drifted:
    """A practice that a check has named; without title and address where no page has its key."""

    key: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Drift:
    """All of one kind: how many, the first of them, how many more."""

    label: str
    count: str
    first: list[Drifted]
    more: str


@dataclass(frozen=True)
class Checked:
    at: datetime
    drift: list[Drift]


@dataclass(frozen=True)
class Index:
    """`filled` while it is being filled: so many of the records."""

    name: str
    stage: str
    filled: str


@dataclass(frozen=True)
class Checking:
    """A check that has been asked for: how much is compared, and why it does not go on, where it does not."""

    done: str
    total: str
    error: str


@dataclass(frozen=True)
class Report:
    """`checking` is a check in progress, `not_checked` why the last one could not compare the server.

    `server` is the name of the search server's engine where one is set up, `away` that the database stands in for it."""

    server: str
    away: bool
    records: str
    alias: str
    answering: str
    indexes: list[Index]
    waiting: Waiting | None
    waiting_records: str
    shipped: JobStatus | None
    shipped_records: str
    error: JobStatus | None
    checked: Checked | None
    checking: Checking | None
    not_checked: str


def gather() -> Report:
    happened = {happening.kind: happening for happening in JobStatus.objects.all()}
    shipped, checked = happened.get(JobStatus.Kind.SHIPPED), happened.get(JobStatus.Kind.CHECK)
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
        error=happened.get(JobStatus.Kind.ERROR),
        checked=Checked(checked.at, _drift(checked.text)) if checked else None,
        checking=_checking(),
        not_checked=Job.objects.last_outcome(CHECK),
    )


def _checking() -> Checking | None:
    job = Job.objects.filter(name=CHECK).unfinished().order_by("pk").first()
    if job is None:
        return None
    total = _grouped(job.total) if job.total is not None else ""
    return Checking(done=_grouped(job.done), total=total, error=job.error)


def _is_away() -> bool:
    """Asks the least that can be asked: a process that has asked nothing yet knows nothing of the server."""
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
    pages = _pages(key for found in keys.values() for key in found[:FIRST_KEYS])
    return [
        Drift(
            label=str(KINDS.get(kind, " ".join(kind))),
            count=_grouped(len(found)),
            first=[pages.get(key, Drifted(key)) for key in found[:FIRST_KEYS]],
            more=_grouped(len(found) - FIRST_KEYS) if len(found) > FIRST_KEYS else "",
        )
        for kind, found in keys.items()
    ]


def _pages(keys: Iterable[str]) -> dict[str, Drifted]:
    """Key -> its page, in the language of the one who reads the report where there is one."""
    pages = Page.objects.filter(translation_key__in=map(UUID, keys), alias_of=None)
    found: dict[str, Drifted] = {}
    for page in pages.order_by(Case(When(locale__language_code=get_language(), then=0), default=1), "pk"):
        key = str(page.translation_key)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        found.setdefault(key, Drifted(key, page.get_admin_display_title(), address))
    return found


def _grouped(number: int) -> str:
    """Thousands apart, as the language has it."""
    return str(number_format(number, use_l10n=True, force_grouping=True))
