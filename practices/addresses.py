"""The addresses of a practice never die: its permanent one by its key, and every one at which it was ever public.

Wagtail's own redirects know only pages that still exist, in the language in which they do.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from core.alternates import in_language
from core.i18n import active_language
from practices.models import Address, PracticePage, SectionPage, Withdrawal

MOST_STEPS = 10


@dataclass(frozen=True)
class Resolution:
    """What became of a practice: the address where it is read now or that of the one it was merged into; or `guarded`, the page
    whose readers are asked for a password or to sign in; or it is gone, with a reason and the title and address of
    what replaces it. The languages are those of the words that follow them."""

    url: str = ""
    guarded: PracticePage | None = None
    reason: str = ""
    reason_language: str = ""
    replaced_by: str = ""
    replaced_by_language: str = ""
    replaced_by_url: str = ""


def remember_addresses(page: Page) -> None:
    """Note where the public practices at and below `page` are read now."""
    for practice in PracticePage.objects.readable().descendant_of(page, inclusive=True):
        if url := practice.get_url():
            Address.objects.remember(_without_language(url), practice.translation_key)


def key_once_at(path: str) -> UUID | None:
    """The key of the practice that was last read at a path, in whatever language."""
    return Address.objects.filter(path=_without_language(path)).values_list("key", flat=True).first()


def last_section(key: UUID) -> SectionPage | None:
    """The section below which a practice, perhaps deleted by now, was last read."""
    address = Address.objects.of_practice(key).order_by("-pk").first()
    steps = address.path.strip("/").split("/") if address else []
    return SectionPage.objects.filter(slug=steps[-2]).order_by("pk").first() if len(steps) > 1 else None


def resolve(key: UUID) -> Resolution | None:
    """What a reader of the active language is told of a practice, None of one that was never public."""
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
    if not passed and not Address.objects.of_practice(key).exists():
        return None
    replacing = readable_page(successor.translation_key) if successor else None
    return Resolution(
        reason=withdrawal.reason if withdrawal else "",
        reason_language=withdrawal.reason_language if withdrawal else "",
        replaced_by=replacing.title if replacing else "",
        replaced_by_language=replacing.locale.language_code if replacing else "",
        replaced_by_url=_url(replacing) if replacing else "",
    )


def readable_page(key: UUID) -> PracticePage | None:
    """The public page of a practice in the reader's language, else its original, else another; None where none is."""
    return _for_reader(PracticePage.objects.readable().of_record(key))


def guarded_page(key: UUID) -> PracticePage | None:
    """The same of the published pages that are under a restriction."""
    return _for_reader(PracticePage.objects.live().not_public().of_record(key))


def _for_reader(pages: Any) -> PracticePage | None:
    reader = get_language()
    return min(
        pages.select_related("locale"),
        key=lambda page: (page.locale.language_code != reader, not page.is_original),
        default=None,
    )


def _url(page: PracticePage) -> str:
    return in_language(page.get_url() or "", active_language())


def _without_language(path: str) -> str:
    """What follows /en/ or /ru/."""
    return path.split("/", 2)[-1]
