"""Slugs: propose a free one and explain which page has one that is taken."""

import itertools

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.routes import owned_slugs
from core.users import AnyUser

LONGEST_SLUG = 60
# Pages at this depth are front pages; their URLs have the language only.
FRONT_PAGE_DEPTH = 2


def cut_at_word(slug: str, longest: int = LONGEST_SLUG) -> str:
    """Return `slug` with at most `longest` characters, cut after a whole word if it has several."""
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def free_slug(slug: str, parent: Page, page: Page | None = None) -> str:
    """Return `slug` itself, or the first of slug-2, slug-3 … that no route owns and no page under `parent` but `page` has, cut
    to its length."""
    candidates = itertools.chain([slug], (_with_number(slug, number) for number in itertools.count(2)))
    return next(
        candidate
        for candidate in candidates
        if Page._slug_is_available(candidate, parent, page) and not is_owned_by_route(candidate, parent)
    )


def is_owned_by_route(slug: str, parent: Page, page: Page | None = None) -> bool:
    """Return whether a route would hide a page with this slug under `parent`.

    Not if `page` has it already in any language: it was published before the route, or before this was checked.
    """
    if parent.depth != FRONT_PAGE_DEPTH or slug.lower() not in owned_slugs():
        return False
    return page is None or not Page.objects.filter(translation_key=page.translation_key, slug=slug).exists()


def _with_number(slug: str, number: int) -> str:
    return f"{cut_at_word(slug, LONGEST_SLUG - len(str(number)) - 1)}-{number}"


def slug_owned_message(slug: str, parent: Page) -> str:
    """Return the error for a slug that a route owns, with a free one."""
    text = _("The address “%(slug)s” belongs to another part of the portal. “%(free)s” is free.")
    return text % {"slug": slug, "free": free_slug(slug, parent)}


def slug_taken_message(slug: str, parent: Page, user: AnyUser, page: Page | None = None) -> SafeString:
    """Return the error for a slug that another page has: a link to that page and a free slug."""
    siblings = parent.get_children().filter(slug=slug)
    other = (siblings.not_page(page) if page else siblings).first()
    text = _("The slug “{slug}” is taken by another page of this section: {page}. “{free}” is free.")
    free = free_slug(slug, parent, page)
    return format_html(text, slug=slug, page=page_link(other, user) if other else "", free=free)


def page_link(page: Page, user: AnyUser) -> SafeString | str:
    """Return the page's title with a link that this user may open; only "a draft of somebody else" if they may not see it."""
    title = page.specific.get_admin_display_title()
    if user and page.permissions_for_user(user).can_edit():
        url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    elif page.live:
        url = page.get_url() or ""
    else:
        return _("a draft of somebody else")
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', url, title)
