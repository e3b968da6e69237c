"""A practice as unqualified Dublin Core, which every harvester understands, in all languages it is published in."""

from collections.abc import Iterator

from api.oai.elements import Element, adder, root
from api.oai.words import day
from core.site import portal_name
from search.entries import Entry

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
ELEMENTS = "http://purl.org/dc/elements/1.1/"

add = adder(ELEMENTS)


def oai_dc(entries: list[Entry]) -> Element:
    """One element for the practice whose languages these are, the original first."""
    record = root(NAMESPACE, "dc", SCHEMA, {"oai_dc": NAMESPACE, "dc": ELEMENTS})
    said = [
        *_facts(entries[0]),
        *(statement for entry in entries for statement in _texts(entry)),
    ]
    for name, text, lang in dict.fromkeys(said):
        if text:
            add(record, name, text, lang)
    return record


def _facts(entry: Entry) -> Iterator[tuple[str, str, str]]:
    yield "identifier", entry.permanent, ""
    yield "date", day(entry.first_published), ""
    yield "type", "Text", ""
    yield "format", "text/html", ""
    yield from (("language", code, "") for code in entry.languages)
    yield "rights", entry.licence_address, ""
    if entry.origin:
        yield "relation", entry.origin.permanent, ""


def _texts(entry: Entry) -> Iterator[tuple[str, str, str]]:
    lang = entry.language
    subjects = [label for facet in ("theme", "sdg", "beneficiary") for label in entry.codes[facet]]
    places = [label.label for label in entry.codes["country"]]
    yield "title", entry.title, lang
    yield "creator", entry.organisation, lang
    yield from (("subject", label.label, lang) for label in (*subjects, *entry.tags))
    yield "description", entry.summary, lang
    yield "publisher", portal_name(lang), lang
    yield from (("contributor", partner.get("name", ""), lang) for partner in entry.parts.get("partners", []))
    yield from (("type", label.label, lang) for label in entry.codes["type"])
    yield from (("source", _source(source), lang) for source in entry.parts.get("sources", []))
    yield from (("coverage", place, lang) for place in (*places, entry.texts.get("place", "")))
    if licence := entry.facts.get("content_licence"):
        yield "rights", licence.label, ""


def _source(source: dict[str, object]) -> str:
    return ". ".join(str(source[name]) for name in ("title", "publisher", "year", "url") if name in source)
