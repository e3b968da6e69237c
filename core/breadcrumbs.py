"""Breadcrumbs of a page."""

from django.utils.translation import gettext
from wagtail.models import Page


def breadcrumbs(page: Page, language: str) -> list[dict[str, str]]:
    """Return {label, url} of the public ancestors of `page`, from the front page down, in the reader's language."""
    above = page.get_ancestors().live().filter(depth__gt=1)
    if page.locale.language_code != language:
        keys = page.get_ancestors().filter(depth__gt=1).values("translation_key")
        above = Page.objects.live().filter(translation_key__in=keys, locale__language_code=language)
    return [
        {"label": gettext("Home") if up.depth == 2 else up.title, "url": up.get_url() or ""}
        for up in above.select_related("locale").order_by("path")
    ]
