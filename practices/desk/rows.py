"""The rows of the desk: what it shows of some hundreds of practices, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Revision, WorkflowState

from core.users import AnyUser
from practices.desk.columns import provided_columns
from practices.desk.querysets import LANGUAGES, editable_pages, reviews
from practices.desk.states import WAITING, Care, LanguageState, State, care_of
from practices.models import PracticePage
from practices.models.terms import PracticeCountry, PracticeTheme
from taxonomy.choices import Evidence
from taxonomy.models import Country, PracticeType, Term, Theme

CHUNK = 500
STATUSES = {
    State.IN_REVIEW: WorkflowState.STATUS_IN_PROGRESS,
    State.SENT_BACK: WorkflowState.STATUS_NEEDS_CHANGES,
}


@dataclass(frozen=True)
class LanguageCell:
    """One language of a practice; `url` opens its page in the editor and is empty where there is none."""

    code: str
    state: LanguageState
    url: str


@dataclass(frozen=True)
class Row:
    """A practice in all its languages. `pk` is that of its original, `url` opens the page whose title is shown.

    `holders` are those who have to act, `since` is when the first of them got it. `provided` has the values of provided columns.
    """

    pk: int
    key: UUID
    title: str
    url: str
    countries: list[str]
    themes: list[str]
    state: State
    holders: list[str]
    since: datetime | None
    languages: list[LanguageCell]
    evidence: str
    type: str
    verified: date | None
    provided: dict[str, object]

    @property
    def days(self) -> int | None:
        """Whole days since the holder got it."""
        return (timezone.now() - self.since).days if self.since else None

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def care(self) -> Care:
        return care_of(self.verified)

    def language(self, code: str) -> LanguageCell:
        return next(cell for cell in self.languages if cell.code == code)


def iterate_rows(practices: Iterable[PracticePage], user: AnyUser, language: str) -> Iterator[Row]:
    """Yield the rows of any number of practices (practices.desk.querysets), chunk by chunk."""
    remaining = iter(practices)
    while chunk := list(islice(remaining, CHUNK)):
        yield from rows(chunk, user, language)


def rows(practices: Iterable[PracticePage], user: AnyUser, language: str) -> list[Row]:
    """Return the rows of these practices, in `language` where they have it."""
    practices = list(practices)
    pages = _pages(practices, user)
    terms = _Terms(practices)
    holders = _Holders(practices, [page for siblings in pages.values() for page in siblings])
    return [
        _row(page, {sibling.locale.language_code: sibling for sibling in pages[page.translation_key]},
             terms, holders, language)
        for page in practices
    ]  # fmt: skip


def _row(
    page: PracticePage,
    pages: dict[str, PracticePage],
    terms: "_Terms",
    holders: "_Holders",
    language: str,
) -> Row:
    return Row(
        pk=page.pk,
        key=page.translation_key,
        title=page.shown_title,
        url=edit_url(pages.get(language, page)),
        countries=terms.labels(Country, page),
        themes=terms.labels(Theme, page),
        state=State(page.state),
        holders=holders.of(page),
        since=page.since,
        languages=[
            LanguageCell(code, LanguageState(getattr(page, f"language_{code}")),
                         edit_url(pages[code]) if code in pages else "")
            for code in LANGUAGES
        ],
        evidence=str(Evidence(page.evidence).label) if page.evidence in Evidence.values else "",
        type=terms.type_of(page),
        verified=page.verified,
        provided={column.name: getattr(page, column.name) for column in provided_columns()},
    )  # fmt: skip


def edit_url(page: PracticePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _pages(practices: list[PracticePage], user: AnyUser) -> dict[UUID, list[PracticePage]]:
    """Return the pages of these practices in all languages, as far as `user` may edit them."""
    pages = PracticePage.objects.filter(
        translation_key__in=[page.translation_key for page in practices],
        alias_of=None,
        pk__in=editable_pages(user).values("pk"),
    )
    found = defaultdict(list)
    for page in pages.select_related("locale").only("translation_key", "locale"):
        found[page.translation_key].append(page)
    return found


class _Terms:
    """The labels of the terms of some practices: of the public page, or of the latest draft."""

    def __init__(self, practices: list[PracticePage]) -> None:
        drafts = {page.pk: page.latest_revision_id for page in practices if _read_from_draft(page)}
        contents = Revision.objects.filter(pk__in=drafts.values())
        content = {
            revision: {Country: countries or [], Theme: themes or []}
            for revision, countries, themes in contents.values_list(
                "pk", "content__countries", "content__themes"
            )
        }
        self._keys: dict[type[Term], dict[int, list[int]]] = {
            Country: defaultdict(list),
            Theme: defaultdict(list),
        }
        self._terms = {model: {term.pk: term for term in model.objects.in_order()} for model in self._keys}
        self._types = {term.pk: term.label() for term in PracticeType.objects.all()}
        public = [page.pk for page in practices if page.pk not in drafts]
        for model, through, name in (
            (Country, PracticeCountry, "country_id"),
            (Theme, PracticeTheme, "theme_id"),
        ):
            for page, key in through.objects.filter(practicepage__in=public).values_list(
                "practicepage_id", name
            ):
                self._keys[model][page].append(key)
            for page, revision in drafts.items():
                self._keys[model][page] = content.get(revision, {}).get(model, [])

    def labels(self, model: type[Term], page: PracticePage) -> list[str]:
        """Return the labels in the order of the vocabulary, without terms that are gone."""
        keys = set(self._keys[model][page.pk])
        return [term.label() for key, term in self._terms[model].items() if key in keys]

    def type_of(self, page: PracticePage) -> str:
        return self._types.get(page.type_id, "")


def _read_from_draft(page: PracticePage) -> bool:
    return bool(not page.live and page.latest_revision_id)


class _Holders:
    """The people or steps of a review that have to act on some practices."""

    def __init__(self, practices: list[PracticePage], pages: list[PracticePage]) -> None:
        self._reviews: dict[tuple[UUID, str], list[str]] = defaultdict(list)
        by_pk = {str(page.pk): page for page in pages}
        for status in STATUSES.values():
            states = reviews(status).filter(object_id__in=by_pk).order_by("pk")
            for state in states.select_related("current_task_state__task", "requested_by"):
                page = by_pk[state.object_id]
                self._reviews[page.translation_key, status].append(_holder(state))
        drafted = [page.written_as for page in practices if page.state not in (*STATUSES, State.PUBLISHED)]
        editors: Any = Revision.objects.filter(pk__in=drafted).select_related("user").only("user")
        self._editors = {revision.pk: get_user_display_name(revision.user) for revision in editors}

    def of(self, page: PracticePage) -> list[str]:
        if status := STATUSES.get(State(page.state)):
            return list(dict.fromkeys(filter(None, self._reviews[page.translation_key, status])))
        editor = self._editors.get(page.written_as)
        return [editor] if editor else []


def _holder(state: WorkflowState) -> str:
    """Return the step that a review waits for, or who sent in what was sent back."""
    if state.status == WorkflowState.STATUS_IN_PROGRESS and state.current_task_state:
        return str(state.current_task_state.task.name)
    return get_user_display_name(state.requested_by)
