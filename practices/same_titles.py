"""Other pages of a section with a practice's title: told while one types, since two pages of one practice are a common mistake.

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

MOST_NAMED = 3


def same_title_notice(page: LanguageVersion, section: Page, user: AnyUser) -> SafeString:
    """Return which pages of `section` have the title of `page` or the slug that its title would make, each with a link, and
    the free slug that it gets instead, unless it has been public under its own; empty where there are none."""
    others = pages_like(page, section)
    if not others:
        return SafeString("")
    if any(_key(page.title) in _keys(other) for other in others):
        told = _(
            "Another page of this section has the same title: {pages}. Is it the same practice? If not, give this one a title"
            " by which readers can tell them apart."
        )
    else:
        told = _("The slug that this title would make is taken by another page of this section: {pages}.")
    links = format_html_join(", ", "{}", [(page_link(other, user),) for other in others[:MOST_NAMED]])
    notice = format_html(told, pages=links)
    is_public_url = page.pk and (page.live or page.first_published_at)
    if is_public_url or not any(other.slug == latin_slug(page.title) for other in others):
        return notice
    return format_html("{} {}", notice, _own_slug(page, section))


def pages_like(page: LanguageVersion, section: Page) -> list[Page]:
    """Return the other pages of `section` with the title of `page`, in whatever case, or with the slug it would make."""
    if not page.title.strip():
        return []
    title, slug = page.title.strip(), latin_slug(page.title)
    # By the slug too, as SQLite knows no capitals but Latin ones; one with a number behind it may be cut shorter.
    alike = Q(slug__startswith=cut_at_word(slug, LONGEST_SLUG - len("-999")))
    found = section.get_children().filter(Q(title__iexact=title) | Q(draft_title__iexact=title) | alike)
    if page.pk:
        found = found.not_page(page)
    taken = "" if page.pk and page.slug == slug else slug
    return [other for other in found.order_by("path") if other.slug == taken or _key(title) in _keys(other)]


def _keys(other: Page) -> set[str]:
    return {_key(other.title), _key(other.draft_title)}


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


def _own_slug(page: LanguageVersion, section: Page) -> SafeString:
    slug = page.slug if page.pk else free_slug(latin_slug(page.title), section)
    told = _("This page gets the free slug “{slug}”; you can change it in the tab “{tab}”.")
    return format_html(told, slug=slug, tab=TABS[TAB_OF["slug"]][0])
