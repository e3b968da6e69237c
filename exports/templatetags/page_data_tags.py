"""Template tags for JSON-LD of pages that are no record."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.i18n import active_language
from core.labels import Label
from exports import page_data
from taxonomy.models import Country

register = template.Library()
SCRIPT = '<script type="application/ld+json">{}</script>'


@register.simple_tag
def website_data() -> SafeString:
    """Return the portal as JSON-LD, in the active language."""
    return format_html(SCRIPT, page_data.website_data(active_language()))


@register.simple_tag
def list_data(page: Page, *lists: Iterable[page_data.Listed], country: Country | None = None) -> SafeString:
    """Return the page with the items of its lists as JSON-LD, which may stand anywhere in the page."""
    about = Label(country.code, country.label()) if country else None
    items = [item for one in lists for item in one or ()]
    text = page.search_description or page.intro
    return format_html(
        SCRIPT,
        page_data.list_data(page.title, page.get_url() or "", text, page.locale.language_code, items, about),
    )
