"""The terms of schema.org that the portal may use: https://schema.org/docs/full.html, those of its pages only.

A page that needs another one adds it here, after looking it up.
"""

from collections.abc import Iterator
from typing import Any

THING = {"@type", "@id", "name", "url", "identifier", "description"}
CREATIVE_WORK = THING | {
    "abstract", "inLanguage", "datePublished", "dateModified", "author", "publisher", "about", "spatialCoverage", "keywords",
    "license", "isBasedOn", "citation", "isPartOf", "workTranslation", "translationOfWork", "mainEntity", "creator",
}  # fmt: skip
# Type -> its properties.
TYPES = {
    "Thing": THING,
    "CreativeWork": CREATIVE_WORK,
    "Report": CREATIVE_WORK | {"reportNumber"},
    "WebPage": CREATIVE_WORK,
    "CollectionPage": CREATIVE_WORK,
    "WebSite": CREATIVE_WORK | {"potentialAction"},
    "Organization": THING | {"sameAs", "memberOf"},
    "Country": THING,
    "ItemList": THING | {"itemListElement", "numberOfItems"},
    "ListItem": THING | {"position"},
    "SearchAction": THING | {"target", "query-input"},
    "EntryPoint": THING | {"urlTemplate"},
}
# Property -> the types that its values may have; of all others the values are texts, numbers or addresses.
VALUES = {
    "author": {"Organization"},
    "creator": {"Organization"},
    "publisher": {"Organization"},
    "about": {"Thing", "Country"},
    "spatialCoverage": {"Country"},
    "isPartOf": {"WebSite"},
    "citation": {"CreativeWork"},
    "workTranslation": {"Report", "WebPage"},
    "translationOfWork": {"Report", "WebPage"},
    "mainEntity": {"ItemList"},
    "itemListElement": {"ListItem"},
    "potentialAction": {"SearchAction"},
    "target": {"EntryPoint"},
    "memberOf": {"Organization"},
}


def faults(data: dict[str, Any]) -> list[str]:
    """Return what of a document in JSON-LD is no schema.org, each as path and reason."""
    context = [] if data.get("@context") == "https://schema.org" else ["no context"]
    return [*context, *_faults({name: value for name, value in data.items() if name != "@context"}, "")]


def _faults(node: dict[str, Any], path: str) -> Iterator[str]:
    properties = TYPES.get(node.get("@type", ""))
    if properties is None:
        yield f"{path}: no type {node.get('@type')}"
        return
    for name, value in node.items():
        place = f"{path}/{name}"
        if name not in properties:
            yield f"{place}: not of {node['@type']}"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                if one.get("@type") not in VALUES.get(name, set()):
                    yield f"{place}: no value of type {one.get('@type')}"
                yield from _faults(one, place)
            elif name in VALUES or not one or not isinstance(one, str | int):
                yield f"{place}: {one!r}"
