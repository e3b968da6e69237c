"""JSON-LD of pages that are no record: the front page, and pages that list practices."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.safestring import SafeString

from core.alternates import absolute, address_in
from core.labels import Label
from exports.metadata import for_script, publisher, website


class Listed(Protocol):
    """What a page lists: practices, collections, pages of countries."""

    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...


def website_data(language: str) -> SafeString:
    """Return the portal with the URL of its search."""
    search = {
        "@type": "EntryPoint",
        "urlTemplate": f"{absolute(address_in(language, 'search:page'))}?q={{search_term_string}}",
    }
    return for_script(
        {
            "@context": "https://schema.org",
            **website(language),
            "inLanguage": language,
            "publisher": publisher(language),
            "potentialAction": {
                "@type": "SearchAction",
                "target": search,
                "query-input": "required name=search_term_string",
            },
        }
    )


def list_data(
    title: str,
    url: str,
    description: str,
    language: str,
    items: Iterable[Listed],
    country: Label | None = None,
) -> SafeString:
    """Return a page with what it lists, in the same order; `country` is what it is about, if it is about one."""
    elements = [
        {"@type": "ListItem", "position": position, "name": item.title, "url": absolute(item.url)}
        for position, item in enumerate(items, start=1)
    ]
    return for_script(
        {
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": title,
            "url": absolute(url),
            "description": description,
            "inLanguage": language,
            "about": {"@type": "Country", "name": country.label, "identifier": country.code}
            if country
            else None,
            "isPartOf": website(language),
            "publisher": publisher(language),
            "mainEntity": {
                "@type": "ItemList",
                "numberOfItems": len(elements),
                "itemListElement": elements,
            },
        }
    )
