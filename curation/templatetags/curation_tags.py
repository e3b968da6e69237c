"""Template tags about collections for pages of lower apps."""

from django import template

from core.i18n import active_language
from curation.models import CollectionPage
from curation.presentation import Card, cards

register = template.Library()

MOST_FEATURED = 4


@register.simple_tag
def featured_collections() -> list[Card]:
    """Return at most four featured collections in the active language, with counts and their first practices."""
    language = active_language()
    collections = CollectionPage.objects.featured_for(language).with_items()[:MOST_FEATURED]
    return cards([collection.content() for collection in collections], language, counted=True)
