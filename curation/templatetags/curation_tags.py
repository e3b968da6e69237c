"""What pages of lower apps show of collections."""

from django import template

from core.i18n import active_language
from curation.models import CollectionPage
from curation.presentation import Card, cards

register = template.Library()

MOST_FEATURED = 4


@register.simple_tag
def featured_collections() -> list[Card]:
    """At most four featured collections for a reader of the active language, counted, with their first practices."""
    language = active_language()
    collections = CollectionPage.objects.featured_for(language).with_items()[:MOST_FEATURED]
    return cards([collection.content() for collection in collections], language, counted=True)
