"""What became of a record: the page on which it is read now, or what a reader is told in its place."""

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

MOST_STEPS = 10


@dataclass(frozen=True)
class Resolution:
    """What became of a record: the URL where it is read now or that of the one it was merged into; or `guarded`, the page
    whose readers are asked for a password or to sign in; or it is gone, with its kind where that is known, a reason, and the
    title and URL of what replaces it. The languages are those of the words that follow them."""

    url: str = ""
    guarded: BasePage | None = None
    kind: Kind | None = None
    reason: str = ""
    reason_language: str = ""
    replaced_by: str = ""
    replaced_by_language: str = ""
    replaced_by_url: str = ""


def resolve(key: UUID) -> Resolution | None:
    """What a reader of the active language is told of a record, None of one that was never public."""
    passed: set[UUID] = set()
    while len(passed) < MOST_STEPS:
        if page := readable_page(key):
            return Resolution(url=_url(page))
        withdrawal = Withdrawal.objects.select_related("replaced_by").filter(key=key).first()
        if withdrawal is None and (guarded := guarded_page(key)):
            return Resolution(guarded=guarded)
        successor = withdrawal.replaced_by if withdrawal else None
        if not (withdrawal and withdrawal.merged and successor) or successor.translation_key in passed:
            break
        passed.add(key)
        key = successor.translation_key
    if not passed and not FormerPath.objects.of_record(key).exists():
        return None
    replacing = readable_page(successor.translation_key) if successor else None
    return Resolution(
        kind=kind_once(key),
        reason=withdrawal.reason if withdrawal else "",
        reason_language=withdrawal.reason_language if withdrawal else "",
        replaced_by=replacing.title if replacing else "",
        replaced_by_language=replacing.locale.language_code if replacing else "",
        replaced_by_url=_url(replacing) if replacing else "",
    )


def readable_page(key: UUID) -> BasePage | None:
    """The public page of a record in the reader's language, else its original, else another; None where none is."""
    return _for_reader(lambda pages: pages.readable().of_record(key))


def guarded_page(key: UUID) -> BasePage | None:
    """The same of the published pages that are under a restriction."""
    return _for_reader(lambda pages: pages.live().not_public().of_record(key))


def original_page(key: UUID) -> BasePage | None:
    """The page in which a record was first written, public or not; None where it was deleted."""
    for model in searchable_models():
        page: BasePage | None = model.objects.of_record(key).originals().select_related("locale").first()
        if page:
            return page
    return None


def _for_reader(choose: Callable[[FindablePageQuerySet], FindablePageQuerySet]) -> BasePage | None:
    reader = get_language() or ""
    for model in searchable_models():
        pages = choose(model.objects.all()).select_related("locale")
        for preferred in (pages.in_language(reader), pages.originals(), pages):
            page: BasePage | None = preferred.first()
            if page:
                return page
    return None


def kind_once(key: UUID) -> Kind | None:
    """The kind of a record that is gone: its tombstone names it. None where there is none, or its app is not installed."""
    code = Record.objects.filter(key=key).values_list("kind", flat=True).first()
    return kind_of(code) if code in {kind.code for kind in kinds()} else None


def _url(page: Page) -> str:
    return in_language(page.get_url() or "", active_language())
