"""A practice as DataCite 4: texts in all its languages, subjects by scheme, places, relations, dates."""

from collections.abc import Iterable, Iterator

from api.oai.elements import Element, adder, root
from api.oai.formatting import day, heading
from core.site import portal_name
from exports.entries import Entry, Organisation

NAMESPACE = "http://datacite.org/schema/kernel-4"
SCHEMA = "https://schema.datacite.org/meta/kernel-4/metadata.xsd"
# DataCite's code for a required value that is not available.
UNAVAILABLE = ":unav"
SDG = "http://metadata.un.org/sdg/"
# Texts that have elements of their own.
NOT_PROSE = ("lead_organisation", "partners", "place", "sources")

add = adder(NAMESPACE)


def datacite(entries: list[Entry]) -> Element:
    """Return one element for a practice, given an entry for each of its languages, the original first."""
    resource = root(NAMESPACE, "resource", SCHEMA, {None: NAMESPACE})
    original = entries[0]
    add(resource, "identifier", original.permanent, identifierType="URL")
    _people(resource, original)
    _titles(resource, entries)
    add(resource, "publisher", portal_name("en"), "en")
    add(resource, "publicationYear", day(original.first_published)[:4])
    types = original.types
    add(resource, "resourceType", types.datacite, resourceTypeGeneral=types.datacite_general)
    add(resource, "language", original.original)
    _subjects(resource, entries)
    _descriptions(resource, entries)
    _places(resource, entries)
    _dates(resource, original)
    _relations(resource, original)
    _addresses_and_rights(resource, entries)
    return resource


def _people(resource: Element, original: Entry) -> None:
    """Add each organisation once, by its name in the original language: a translated one would be one more creator."""
    creators, contributors = add(resource, "creators"), add(resource, "contributors")
    lang = original.language_of("lead_organisation")
    for lead in original.leads:
        _name(add(creators, "creator"), "creatorName", lead, lang)
    if not original.leads:
        add(add(creators, "creator"), "creatorName", UNAVAILABLE, nameType="Organizational")
    for partner in original.partners:
        contributor = add(contributors, "contributor", contributorType="Other")
        _name(contributor, "contributorName", partner, original.language_of("partners"))


def _name(person: Element, element: str, organisation: Organisation, lang: str) -> None:
    add(person, element, organisation.name, lang, nameType="Organizational")
    if organisation.ror:
        scheme = {"nameIdentifierScheme": "ROR", "schemeURI": "https://ror.org"}
        add(person, "nameIdentifier", organisation.ror, **scheme)


def _once(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return name -> first language in which it occurs, since translations often keep the original's name."""
    languages: dict[str, str] = {}
    for name, lang in names:
        if name:
            languages.setdefault(name, lang)
    return languages


def _titles(resource: Element, entries: list[Entry]) -> None:
    titles = add(resource, "titles")
    for entry in entries:
        translated = {} if entry.title_language == entry.original else {"titleType": "TranslatedTitle"}
        add(titles, "title", entry.title, entry.title_language, **translated)


def _subjects(resource: Element, entries: list[Entry]) -> None:
    subjects = add(resource, "subjects")
    for entry in entries:
        for facet in ("theme", "beneficiary", "type"):
            scheme = f"SPECA {facet}"
            for label in entry.codes[facet]:
                add(subjects, "subject", label.label, entry.language, subjectScheme=scheme)
        for label in entry.codes["sdg"]:
            of_goals = {"subjectScheme": "Sustainable Development Goals", "schemeURI": SDG}
            add(subjects, "subject", label.label, entry.language, **of_goals, valueURI=f"{SDG}{label.code}")
    for name in _once((label.label, entry.language) for entry in entries for label in entry.tags):
        add(subjects, "subject", name)


def _descriptions(resource: Element, entries: list[Entry]) -> None:
    """Add each description once; texts that are not translated occur in several entries."""
    descriptions = add(resource, "descriptions")
    for text, lang, kind in dict.fromkeys(description for entry in entries for description in _prose(entry)):
        add(descriptions, "description", text, lang, descriptionType=kind)


def _prose(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield text, language and type of each description."""
    if entry.summary:
        yield entry.summary, entry.language_of("summary"), "Abstract"
    for field, text in entry.texts.items():
        if field not in NOT_PROSE:
            lang = entry.language_of(field)
            yield (
                f"{heading(entry.kind, field, lang)}: {text}",
                lang,
                "Methods" if field == "approach" else "Other",
            )


def _places(resource: Element, entries: list[Entry]) -> None:
    """Add countries, and the place with its coordinates. The schema has no language attribute for place names."""
    places = add(resource, "geoLocations")
    for entry in entries:
        for label in entry.codes["country"]:
            add(add(places, "geoLocation"), "geoLocationPlace", label.label)
    names = _once((entry.texts.get("place", ""), entry.language_of("place")) for entry in entries)
    facts = entries[0].facts
    has_point = "latitude" in facts and "longitude" in facts
    if names or has_point:
        place = add(places, "geoLocation")
        for name in names:
            add(place, "geoLocationPlace", name)
        if has_point:
            point = add(place, "geoLocationPoint")
            add(point, "pointLongitude", facts["longitude"])
            add(point, "pointLatitude", facts["latitude"])


def _dates(resource: Element, entry: Entry) -> None:
    dates = add(resource, "dates")
    add(dates, "date", day(entry.first_published), dateType="Issued")
    add(dates, "date", day(entry.changed), dateType="Updated")
    if verified := entry.facts.get("last_verified"):
        add(dates, "date", verified, dateType="Valid", dateInformation="Last verified")
    if entry.year or "end_year" in entry.facts:
        years = f"{entry.year or ''}/{entry.facts.get('end_year', '')}"
        add(dates, "date", years, dateType="Other", dateInformation="Start and end of the practice")


def _relations(resource: Element, entry: Entry) -> None:
    if entry.origin:
        identifiers = add(resource, "relatedIdentifiers")
        kind = {"relatedIdentifierType": "URL", "relationType": "IsDerivedFrom"}
        add(identifiers, "relatedIdentifier", entry.origin.permanent, **kind)
    items = add(resource, "relatedItems")
    for source in entry.parts.get("sources", []):
        item = add(items, "relatedItem", relatedItemType="Other", relationType="References")
        if "url" in source:
            add(item, "relatedItemIdentifier", source["url"], relatedItemIdentifierType="URL")
        if "title" in source:
            add(add(item, "titles"), "title", source["title"], entry.language_of("sources"))
        if "year" in source:
            add(item, "publicationYear", source["year"])
        if "publisher" in source:
            add(item, "publisher", source["publisher"])


def _addresses_and_rights(resource: Element, entries: list[Entry]) -> None:
    addresses = add(resource, "alternateIdentifiers")
    for entry in entries:
        add(addresses, "alternateIdentifier", entry.address, alternateIdentifierType="URL")
    add(add(resource, "formats"), "format", "text/html")
    if licence := entries[0].facts.get("content_licence"):
        rights = {
            "rightsURI": entries[0].licence_address,
            "rightsIdentifier": licence.code.upper(),  # our codes are SPDX's in lower case
            "rightsIdentifierScheme": "SPDX",
            "schemeURI": "https://spdx.org/licenses/",
        }
        add(add(resource, "rightsList"), "rights", licence.label, **rights)
