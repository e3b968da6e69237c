"""Warn while typing about other pages of a section with the same title: two pages for one practice are a common mistake.

A warning, not an error: two practices may share a title, and the form must not refuse a draft for it.
"""

from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.slugs import LONGEST_SLUG, cut_at_word, free_slug, page_link
from core.users import AnyUser
from practices.field_layout import TAB_OF, TABS
from practices.language_version import LanguageVersion
from practices.slugs import latin_slug

MAX_LINKS = 3


def same_title_notice(page: LanguageVersion, section: Page, user: AnyUser) -> SafeString:
    """Return a notice with links to pages of `section` that have the title of `page` or the slug generated from it.

    It also names the free slug that the page gets instead, unless its URL has been public. Empty if there are none.
    """
    similar_pages = pages_like(page, section)
    if not similar_pages:
        return SafeString("")
    if any(_key(page.title) in _keys(other) for other in similar_pages):
        message = _(
            "Another page of this section has the same title: {pages}. Is it the same practice? If not, give this one a title"
            " by which readers can tell them apart."
        )
    else:
        message = _("The slug that this title would make is taken by another page of this section: {pages}.")
    links = format_html_join(", ", "{}", [(page_link(other, user),) for other in similar_pages[:MAX_LINKS]])
    notice = format_html(message, pages=links)
    is_public_url = page.pk and (page.live or page.first_published_at)
    if is_public_url or not any(other.slug == latin_slug(page.title) for other in similar_pages):
        return notice
    return format_html("{} {}", notice, _slug_notice(page, section))


def pages_like(page: LanguageVersion, section: Page) -> list[Page]:
    """Return the other pages of `section` with the title of `page`, ignoring case, or with the slug generated from it."""
    if not page.title.strip():
        return []
    title, slug = page.title.strip(), latin_slug(page.title)
    # Also by slug, since SQLite ignores case only of Latin letters; a slug with a number appended may be cut shorter.
    same_slug = Q(slug__startswith=cut_at_word(slug, LONGEST_SLUG - len("-999")))
    pages = section.get_children().filter(Q(title__iexact=title) | Q(draft_title__iexact=title) | same_slug)
    if page.pk:
        pages = pages.not_page(page)
    new_slug = "" if page.pk and page.slug == slug else slug
    return [
        other for other in pages.order_by("path") if other.slug == new_slug or _key(title) in _keys(other)
    ]


def _keys(other: Page) -> set[str]:
    return {_key(other.title), _key(other.draft_title)}


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


def _slug_notice(page: LanguageVersion, section: Page) -> SafeString:
    slug = page.slug if page.pk else free_slug(latin_slug(page.title), section)
    message = _("This page gets the free slug “{slug}”; you can change it in the tab “{tab}”.")
    return format_html(message, slug=slug, tab=TABS[TAB_OF["slug"]][0])
