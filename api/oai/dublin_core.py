"""A practice as unqualified Dublin Core, which every harvester must support, in all its languages."""

from collections.abc import Iterator

from api.oai.elements import Element, adder, root
from api.oai.formatting import day
from core.site import portal_name
from exports.entries import Entry

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
ELEMENTS = "http://purl.org/dc/elements/1.1/"

add = adder(ELEMENTS)


def oai_dc(entries: list[Entry]) -> Element:
    """Return one element for a practice, given an entry for each of its languages, the original first."""
    record = root(NAMESPACE, "dc", SCHEMA, {"oai_dc": NAMESPACE, "dc": ELEMENTS})
    statements = [
        *_facts(entries[0]),
        *(statement for entry in entries for statement in _texts(entry)),
    ]
    for name, text, lang in dict.fromkeys(statements):
        if text:
            add(record, name, text, lang)
    return record


def _facts(entry: Entry) -> Iterator[tuple[str, str, str]]:
    yield "identifier", entry.permanent, ""
    yield "date", day(entry.first_published), ""
    yield "type", entry.types.datacite_general, ""
    yield "format", "text/html", ""
    yield from (("language", code, "") for code in entry.languages)
    yield "rights", entry.licence_address, ""
    if entry.origin:
        yield "relation", entry.origin.permanent, ""


def _texts(entry: Entry) -> Iterator[tuple[str, str, str]]:
    lang = entry.language
    subjects = [label for facet in ("theme", "sdg", "beneficiary") for label in entry.codes[facet]]
    places = [label.label for label in entry.codes["country"]]
    yield "title", entry.title, entry.title_language
    leads_language, partners_language = entry.language_of("lead_organisation"), entry.language_of("partners")
    yield from (("creator", lead.name, leads_language) for lead in entry.leads)
    yield from (("subject", label.label, lang) for label in (*subjects, *entry.tags))
    yield "description", entry.summary, entry.language_of("summary")
    yield "publisher", portal_name(lang), lang
    yield from (("contributor", partner.name, partners_language) for partner in entry.partners)
    yield from (("type", label.label, lang) for label in entry.codes["type"])
    sources_language = entry.language_of("sources")
    yield from (("source", _source(source), sources_language) for source in entry.parts.get("sources", []))
    yield from (("coverage", country, lang) for country in places)
    yield "coverage", entry.texts.get("place", ""), entry.language_of("place")
    if licence := entry.facts.get("content_licence"):
        yield "rights", licence.label, ""


def _source(source: dict[str, object]) -> str:
    return ". ".join(str(source[name]) for name in ("title", "publisher", "year", "url") if name in source)
