"""Build XML elements of one namespace, without characters that XML forbids."""

from collections.abc import Callable
from functools import partial
from typing import Any

from lxml import etree

from core.xml import without_illegal_characters

XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LOCATION = f"{{{XSI}}}schemaLocation"

Element = Any  # lxml ships no types
Add = Callable[..., Element]


def adder(namespace: str) -> Add:
    """Return a function that adds elements of `namespace`: add(parent, name, text, lang, attribute=value)."""
    return partial(_add, namespace)


def root(namespace: str, name: str, schema: str, prefixes: dict[str | None, str]) -> Element:
    """Return a root element with its schema location."""
    element = etree.Element(f"{{{namespace}}}{name}", nsmap={**prefixes, "xsi": XSI})
    element.set(LOCATION, f"{namespace} {schema}")
    return element


def _add(
    namespace: str, parent: Element, name: str, text: object = "", lang: str = "", **attributes: str
) -> Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = without_illegal_characters(str(text))
    if lang:
        element.set(LANG, lang)
    for attribute, value in attributes.items():
        element.set(attribute, without_illegal_characters(value))
    return element
