"""Metadata in the head of a practice's page: Highwire tags for scholarly indexes and reference managers, Open Graph for
social media, JSON-LD for search engines."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString

from core.alternates import absolute, home_address, in_language
from core.site import portal_name
from exports.bibliography import authors, publication_date, without_commas
from exports.brief import brief_address, can_print
from exports.citations import LOCALES
from exports.entries import Entry, Organisation

# JSON escapes for characters that could end the script element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def highwire(entry: Entry) -> list[tuple[str, str]]:
    """Return (name, content) of the citation tags, in the practice's own language."""
    portal = portal_name(entry.language)
    pdf = brief_address(entry) if can_print() else ""
    tags = [
        ("citation_title", entry.title),
        # Reference managers take a name with a comma for "Family, First", and with either mark for several authors.
        *(("citation_author", without_commas(name.replace(";", ","))) for name in authors(entry)),
        ("citation_publication_date", f"{publication_date(entry):%Y/%m/%d}"),
        ("citation_publisher", portal),
        # Without it reference managers take whatever has a title and an author for an article in a journal.
        ("citation_technical_report_institution", portal if entry.types.schema_org == "Report" else ""),
        ("citation_language", entry.title_language),
        *(("citation_keywords", word) for word in entry.keywords),
        ("citation_public_url", entry.permanent),
        ("citation_abstract_html_url", entry.address),
        ("citation_pdf_url", pdf),
    ]
    return [(name, content) for name, content in tags if content]


def open_graph(entry: Entry) -> list[tuple[str, str]]:
    """Return (property, content) of the Open Graph tags, without the picture and the description of the page."""
    other_languages = [language for language in entry.languages if language != entry.language]
    return [
        *open_graph_of("article", entry.title, entry.address, entry.language, other_languages),
        ("article:published_time", entry.first_published.isoformat()),
        ("article:modified_time", entry.changed.isoformat()),
    ]


def open_graph_of(
    kind: str, title: str, url: str, language: str, other_languages: Iterable[str]
) -> list[tuple[str, str]]:
    """Return (property, content) of the tags that every page has; `kind` is a type of Open Graph, `url` absolute."""
    return [
        ("og:type", kind),
        ("og:title", title),
        ("og:url", url),
        ("og:site_name", portal_name(language)),
        ("og:locale", _with_underscore(language)),
        *(("og:locale:alternate", _with_underscore(other)) for other in other_languages),
    ]


def linked_data(entry: Entry) -> SafeString:
    """Return the practice as schema.org JSON-LD, escaped for a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": entry.types.schema_org,
        "@id": _identifier(entry, entry.language),
        "identifier": f"urn:uuid:{entry.key}",
        "url": entry.address,
        "name": entry.title,
        "abstract": entry.summary,
        "inLanguage": entry.title_language,
        "datePublished": entry.first_published.isoformat(),
        "dateModified": entry.changed.isoformat(),
        "author": [_organisation(lead) for lead in entry.leads],
        "contributor": [_organisation(partner) for partner in entry.partners],
        "publisher": publisher(entry.language),
        "about": [{"@type": "Thing", "name": theme.label} for theme in entry.codes["theme"]],
        "spatialCoverage": [
            {"@type": "Country", "name": country.label, "identifier": country.code}
            for country in entry.codes["country"]
        ],
        "keywords": [tag.label for tag in entry.tags],
        "license": entry.licence_address,
        "isBasedOn": entry.origin.permanent if entry.origin else "",
        "citation": [_source(source) for source in entry.parts.get("sources", [])],
        "isPartOf": website(entry.language),
        **_translations(entry),
    }
    return for_script(data)


def for_script(data: dict[str, object]) -> SafeString:
    """Return the properties that have a value as JSON-LD, escaped for a script element."""
    present = {name: value for name, value in data.items() if value}
    return SafeString(json.dumps(present, ensure_ascii=False).translate(ESCAPES))


def publisher(language: str) -> dict[str, object]:
    return {"@type": "Organization", "name": portal_name(language), "url": absolute(home_address(language))}


def website(language: str) -> dict[str, object]:
    return {"@type": "WebSite", "name": portal_name(language), "url": absolute(home_address(language))}


def _identifier(entry: Entry, language: str) -> str:
    """Return the identifier of the practice in one language: each language is a work of its own, translated from another."""
    return f"{entry.permanent}#{language}"


def _translations(entry: Entry) -> dict[str, object]:
    """Return what the text is a translation of or, for the original, its translations."""
    works = {
        language: {
            "@type": entry.types.schema_org,
            "@id": _identifier(entry, language),
            "url": absolute(in_language(urlsplit(entry.address).path, language)),
            "inLanguage": language,
        }
        for language in entry.languages
        if language != entry.language
    }
    if entry.language == entry.original:
        return {"workTranslation": list(works.values())}
    # None where the original is not public.
    return {"translationOfWork": works.get(entry.original)}


def _organisation(organisation: Organisation) -> dict[str, str]:
    """Return an organisation as schema.org has it, identified by the registry where it is listed there."""
    values = {"@id": organisation.ror, "name": organisation.name, "url": organisation.url}
    return {"@type": "Organization"} | {name: value for name, value in values.items() if value}


def _source(source: dict[str, object]) -> dict[str, Any]:
    keys = {"name": "title", "datePublished": "year", "url": "url"}
    values: dict[str, Any] = {name: str(source[key]) for name, key in keys.items() if source.get(key)}
    if publisher := source.get("publisher"):
        values["publisher"] = {"@type": "Organization", "name": publisher}
    return {"@type": "CreativeWork"} | values


def _with_underscore(language: str) -> str:
    return LOCALES[language].replace("-", "_")
