"""The newest results of a query as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, override
from django.utils.xmlutils import SimplerXMLGenerator

from core.alternates import absolute
from core.language_codes import LANGUAGE_CODES
from core.xml import without_illegal_characters
from exports.entries import Entry, entries
from indexing.kinds import only_kind
from search.describe import describe_query
from search.engines import engine
from search.page import feed_url, search_url
from search.query import Query

MAX_ENTRIES = 50
# The date of an empty feed, before the first practice.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
FACETS = ("theme", "country", "sdg", "tag")


class PracticesFeed(Atom1Feed):
    """Django's Atom feed with languages, codes with labels, and licences."""

    def latest_post_date(self) -> datetime:
        """Return the time of the newest change; for an empty feed Django would return the current time."""
        return max((item["updateddate"] for item in self.items), default=BEGINNING)

    def item_attributes(self, item: dict[str, object]) -> dict[str, Any]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for language, address in item["elsewhere"].items():
            link = {"rel": "alternate", "type": "text/html", "hreflang": language, "href": address}
            handler.addQuickElement("link", "", link)
        if item["licence"]:
            handler.addQuickElement("link", "", {"rel": "license", "href": item["licence"]})
        for attributes in item["codes"]:
            handler.addQuickElement("category", "", attributes)
        # Django writes one author, an entry may have several.
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")


def feed(query: Query) -> str:
    """Return the feed of a query, ignoring its order and page."""
    keys = engine().search(replace(query.without_paging, sort="newest", size=MAX_ENTRIES)).keys
    entries_by_language = {lang: entries(keys, lang) for lang in LANGUAGE_CODES}
    url = absolute(feed_url(query))
    with override(query.lang):
        heading = _heading(query)
        atom_feed = PracticesFeed(
            title=without_illegal_characters(f"{heading}: {describe_query(query)}"),
            link=absolute(search_url(query.without_paging)),
            description=None,
            language=query.lang,
            author_name=gettext("SPECA good practices"),
            feed_url=url,
            feed_guid=url,
        )
        for entry in entries_by_language[query.lang]:
            _add(atom_feed, entry, entries_by_language.values())
    return atom_feed.writeString("utf-8")


def _heading(query: Query) -> str:
    """Return the heading of the feed for the query's kind."""
    if kind := only_kind(query.values("kind")):
        return gettext("New %(kinds)s") % {"kinds": str(kind.label_plural).lower()}
    return gettext("New records")


def _authors(entry: Entry) -> list[str]:
    names = (without_illegal_characters(lead.name).strip() for lead in entry.leads)
    return [name for name in names if name]


def _add(atom_feed: PracticesFeed, entry: Entry, entries_by_language: Iterable[list[Entry]]) -> None:
    licence = entry.facts.get("content_licence")
    versions = (
        other for translations in entries_by_language for other in translations if other.key == entry.key
    )
    atom_feed.add_item(
        title=without_illegal_characters(entry.title),
        link=entry.address,
        description=escape(without_illegal_characters(entry.summary)),  # Django calls it HTML
        authors=_authors(entry) or [gettext("SPECA good practices")],
        pubdate=entry.first_published,
        updateddate=entry.changed,
        unique_id=entry.permanent,
        item_copyright=licence.label if licence else None,
        language=entry.title_language,
        elsewhere={other.language: other.address for other in versions if other.language != entry.language},
        licence=entry.licence_address,
        # The scheme is the URL that lists the facet's codes, the same in all languages.
        codes=[
            {
                "term": label.code,
                "label": without_illegal_characters(label.label),
                "scheme": absolute(f"/en/search/#facet-{facet}"),
            }
            for facet in FACETS
            for label in entry.codes[facet]
        ],
    )
