"""Template tags for Open Graph and JSON-LD of pages that are no record."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.alternates import Alternate, absolute
from core.i18n import active_language
from core.labels import Label
from exports import page_data
from exports.metadata import open_graph_of
from taxonomy.models import Country

register = template.Library()
SCRIPT = '<script type="application/ld+json">{}</script>'


@register.inclusion_tag("components/open_graph.html")
def open_graph(page: object, canonical_url: str, alternates: Iterable[Alternate]) -> dict[str, object]:
    """Return the tags of the page, without its picture and description; none for what is no page of the tree."""
    if not isinstance(page, Page):
        return {}
    language = page.locale.language_code
    others = [one["language"] for one in alternates if one.get("exists") and one["language"] != language]
    title = page.seo_title or page.title
    return {"tags": open_graph_of("website", title, absolute(canonical_url), language, others)}


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
