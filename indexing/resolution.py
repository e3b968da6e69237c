"""Resolve the key of a record to its current page, or to the details of its withdrawal."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from core.alternates import in_language
from core.i18n import active_language
from core.models import BasePage
from indexing.kinds import Kind, kind_of, kinds, searchable_models
from indexing.models import FormerPath, Record, Withdrawal
from indexing.querysets import FindablePageQuerySet
from indexing.records import has_restricted_page

MAX_STEPS = 10


@dataclass(frozen=True)
class Resolution:
    """The outcome of looking up a record: `url`, `guarded`, or gone.

    `url` is the URL of its page, or of the record that it was merged into. `guarded` is its page if access to it is
    restricted. If both are empty the record is gone: `kind` and last public `title` (if known), `reason`, and title and URL
    of the replacement (`replaced_by…`) describe it. `…_language` is the language code of the text before it.
    """

    url: str = ""
    guarded: BasePage | None = None
    kind: Kind | None = None
    title: str = ""
    title_language: str = ""
    reason: str = ""
    reason_language: str = ""
    replaced_by: str = ""
    replaced_by_language: str = ""
    replaced_by_url: str = ""


def resolve(key: UUID) -> Resolution | None:
    """Return the resolution of a record for the active language, None if it was never public."""
    visited: set[UUID] = set()
    requested = key
    while len(visited) < MAX_STEPS:
        if page := readable_page(key):
            return Resolution(url=_url(page))
        withdrawal = Withdrawal.objects.select_related("replaced_by").filter(key=key).first()
        if withdrawal is None and (guarded := guarded_page(key)):
            return Resolution(guarded=guarded)
        successor = withdrawal.replaced_by if withdrawal else None
        if not (withdrawal and withdrawal.merged and successor) or successor.translation_key in visited:
            break
        visited.add(key)
        key = successor.translation_key
    if not visited and not FormerPath.objects.of_record(key).exists():
        return None
    replacing = readable_page(successor.translation_key) if successor else None
    title, title_language = last_public_title(requested)
    return Resolution(
        kind=last_known_kind(key),
        title=title,
        title_language=title_language,
        reason=withdrawal.reason if withdrawal else "",
        reason_language=withdrawal.reason_language if withdrawal else "",
        replaced_by=replacing.title if replacing else "",
        replaced_by_language=replacing.locale.language_code if replacing else "",
        replaced_by_url=_url(replacing) if replacing else "",
    )


def readable_page(key: UUID) -> BasePage | None:
    """Return the public page of a record in the active language, else its original, else another, else None."""
    return _for_reader(lambda pages: pages.readable().of_record(key))


def guarded_page(key: UUID) -> BasePage | None:
    """Return the published page with restricted access, in the same order of preference, or None."""
    return _for_reader(lambda pages: pages.live().not_public().of_record(key))


def original_page(key: UUID) -> BasePage | None:
    """Return the original page of a record, public or not; None if it was deleted."""
    for model in searchable_models():
        page: BasePage | None = model.objects.of_record(key).originals().select_related("locale").first()
        if page:
            return page
    return None


def _for_reader(choose: Callable[[FindablePageQuerySet], FindablePageQuerySet]) -> BasePage | None:
    language = get_language() or ""
    for model in searchable_models():
        pages = choose(model.objects.all()).select_related("locale")
        for preferred in (pages.in_language(language), pages.originals(), pages):
            page: BasePage | None = preferred.first()
            if page:
                return page
    return None


def last_known_kind(key: UUID) -> Kind | None:
    """Return the kind of a removed record from its tombstone; None without a tombstone or if the kind is not registered."""
    code = Record.objects.filter(key=key).values_list("kind", flat=True).first()
    return kind_of(code) if code in {kind.code for kind in kinds()} else None


def last_public_title(key: UUID) -> tuple[str, str]:
    """Return the last public title of a removed record for the active language, and its language code.

    ("", "") if it is unknown, or if a page of the record is restricted now: its tombstone may not have been rebuilt yet.
    """
    record = Record.objects.filter(key=key, removed=True).only("document").first()
    if record is None or has_restricted_page(key):
        return "", ""
    return record.last_title(get_language() or "")


def _url(page: Page) -> str:
    return in_language(page.get_url() or "", active_language())
