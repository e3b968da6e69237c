"""Template tags for citing a practice: metadata, citations, files. Empty for a practice that is not public."""

from urllib.parse import urlsplit
from uuid import UUID

from django import template
from wagtail.models import Page

from core.alternates import in_language
from core.i18n import active_language, lang_attribute
from exports.brief import brief_address, can_print
from exports.citations import citations
from exports.entries import entry
from exports.metadata import highwire, linked_data, open_graph

register = template.Library()


@register.inclusion_tag("components/practice_head.html")
def practice_head(key: UUID, language: str) -> dict[str, object]:
    """Return the metadata for the head of the practice's page in that language."""
    record = entry(key, language)
    if record is None:
        return {}
    return {
        "highwire": highwire(record),
        "open_graph": open_graph(record),
        "linked_data": linked_data(record),
    }


@register.simple_tag
def brief_url(page: Page) -> str:
    """Return the path of the brief of a public page in the active language; empty if briefs cannot be rendered."""
    return in_language(f"{page.get_url()}brief.pdf", active_language()) if can_print() else ""


@register.inclusion_tag("components/practice_cite.html")
def practice_cite(key: UUID, language: str) -> dict[str, object]:
    """Return citations of the practice in its own language, and links to files."""
    record = entry(key, language)
    if record is None:
        return {}
    return {
        "key": key,
        "citations": [
            (citation, lang_attribute(citation.language, active_language())) for citation in citations(record)
        ],
        "brief": in_language(urlsplit(brief_address(record)).path, active_language()) if can_print() else "",
    }
