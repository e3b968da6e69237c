"""The last part of a practice's URL: free ones to propose, and who has one that is taken."""

import itertools
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from practices.models.invariants import LONGEST_SLUG, PageOfPractice, latin_slug


def free_slug(slug: str, parent: Page, instance: Page) -> str:
    """Return `slug` itself, or the first of slug-2, slug-3 … that no other page under `parent` has, cut to its length."""
    candidates = itertools.chain([slug], (_with_number(slug, number) for number in itertools.count(2)))
    return next(
        candidate
        for candidate in candidates
        if PageOfPractice._slug_is_available(candidate, parent, instance)
    )


def _with_number(slug: str, number: int) -> str:
    return f"{latin_slug(slug, LONGEST_SLUG - len(str(number)) - 1)}-{number}"


def slug_taken_message(slug: str, parent: Page, instance: Page, user: Any) -> SafeString:
    """Return what to say of a slug that another page has: that page with a link, and a slug that is free."""
    other = parent.get_children().filter(slug=slug).exclude(pk=instance.pk).first()
    text = _(
        "Another page of this section has the address “{slug}”: {page}. “{free}” is free; or is it the same practice?"
    )
    free = free_slug(slug, parent, instance)
    return format_html(text, slug=slug, page=_link(other, user) if other else "", free=free)


def _link(page: Page, user: Any) -> SafeString | str:
    title = page.specific.get_admin_display_title()
    if user and page.permissions_for_user(user).can_edit():
        url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    elif page.live:
        url = page.get_url() or ""
    else:
        return title
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', url, title)
