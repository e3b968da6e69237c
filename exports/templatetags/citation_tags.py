"""What the page of a practice says to those who cite it, people and machines. Nothing of a practice that is not public."""

from uuid import UUID

from django import template
from django.urls import reverse

from core.i18n import active_language, lang_attribute
from exports.brief import can_print
from exports.citations import citations
from exports.entries import entry
from exports.metadata import highwire, linked_data, open_graph

register = template.Library()


@register.inclusion_tag("components/practice_head.html")
def practice_head(key: UUID, language: str) -> dict[str, object]:
    """Tags for the head of the practice's page in that language."""
    found = entry(key, language)
    if found is None:
        return {}
    return {"highwire": highwire(found), "open_graph": open_graph(found), "linked_data": linked_data(found)}


@register.simple_tag
def brief_url(key: UUID) -> str:
    """The practice on two pages, for a reader of the active language; empty where no briefs can be made."""
    return reverse("exports:brief", args=[key]) if can_print() else ""


@register.inclusion_tag("components/practice_cite.html")
def practice_cite(key: UUID, language: str) -> dict[str, object]:
    """The practice as references in its own language, and as files."""
    found = entry(key, language)
    if found is None:
        return {}
    return {
        "key": key,
        "citations": citations(found),
        "text_lang": lang_attribute(found.title_language, active_language()),
        "brief": brief_url(key),
    }
