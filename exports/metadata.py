"""Metadata in the head of a practice's page: Highwire tags for scholarly indexes and reference managers, Open Graph for
social media, JSON-LD for search engines."""

import json
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import override

from core.alternates import absolute, home_address
from core.site import portal_name
from exports.bibliography import publication_date
from exports.brief import can_print
from exports.citations import LOCALES
from exports.entries import Entry

# JSON escapes for characters that could end the script element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def highwire(entry: Entry) -> list[tuple[str, str]]:
    """Return (name, content) of the citation tags, in the practice's own language."""
    portal = portal_name(entry.language)
    pdf = brief_address(entry) if can_print() else ""
    tags = [
        ("citation_title", entry.title),
        ("citation_author", entry.organisation or portal),
        ("citation_publication_date", f"{publication_date(entry):%Y/%m/%d}"),
        ("citation_publisher", portal),
        ("citation_language", entry.title_language),
        *(("citation_keywords", word) for word in entry.keywords),
        ("citation_public_url", entry.permanent),
        ("citation_abstract_html_url", entry.address),
        ("citation_pdf_url", pdf),
    ]
    return [(name, content) for name, content in tags if content]


def open_graph(entry: Entry) -> list[tuple[str, str]]:
    """Return (property, content) of the Open Graph tags, without the picture."""
    other_languages = [language for language in entry.languages if language != entry.language]
    tags = [
        ("og:type", "article"),
        ("og:title", entry.title),
        ("og:description", entry.summary),
        ("og:url", entry.address),
        ("og:site_name", portal_name(entry.language)),
        ("og:locale", _with_underscore(entry.language)),
        *(("og:locale:alternate", _with_underscore(language)) for language in other_languages),
        ("article:published_time", entry.first_published.isoformat()),
        ("article:modified_time", entry.changed.isoformat()),
    ]
    return [(name, content) for name, content in tags if content]


def linked_data(entry: Entry) -> SafeString:
    """Return the practice as schema.org JSON-LD, escaped for a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": entry.types.schema_org,
        "@id": entry.permanent,
        "identifier": f"urn:uuid:{entry.key}",
        "url": entry.address,
        "name": entry.title,
        "abstract": entry.summary,
        "inLanguage": entry.title_language,
        "datePublished": entry.first_published.isoformat(),
        "dateModified": entry.changed.isoformat(),
        "author": {"@type": "Organization", "name": entry.organisation} if entry.organisation else None,
        "about": [{"@type": "Thing", "name": theme.label} for theme in entry.codes["theme"]],
        "spatialCoverage": [
            {"@type": "Country", "name": country.label, "identifier": country.code}
            for country in entry.codes["country"]
        ],
        "keywords": [tag.label for tag in entry.tags],
        "license": entry.licence_address,
        "isBasedOn": entry.origin.permanent if entry.origin else "",
        "citation": [_source(source) for source in entry.parts.get("sources", [])],
        "isPartOf": {
            "@type": "WebSite",
            "name": portal_name(entry.language),
            "url": absolute(home_address(entry.language)),
        },
    }
    present = {name: value for name, value in data.items() if value}
    return SafeString(json.dumps(present, ensure_ascii=False).translate(ESCAPES))


def brief_address(entry: Entry) -> str:
    """Return the URL of the practice's PDF in its own language."""
    with override(entry.language):
        return absolute(reverse("exports:brief", args=[entry.key]))


def _source(source: dict[str, object]) -> dict[str, Any]:
    keys = {"name": "title", "publisher": "publisher", "datePublished": "year", "url": "url"}
    values = {name: str(source[key]) for name, key in keys.items() if source.get(key)}
    return {"@type": "CreativeWork"} | values


def _with_underscore(language: str) -> str:
    return LOCALES[language].replace("-", "_")
