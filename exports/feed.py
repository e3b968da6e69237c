"""The newest records that answer a query, as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import Any

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

MOST = 50
# When an empty feed last changed: before the first practice.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
FACETS = ("theme", "country", "sdg", "tag")


class PracticesFeed(Atom1Feed):
    """What Django's has no words for: languages, codes with labels, the licence."""

    def latest_post_date(self) -> datetime:
        """The newest change; Django's would be the time of asking where there is nothing."""
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


def feed(query: Query) -> str:
    """The feed of a query, whatever its order and page."""
    found = engine().search(replace(query.without_paging, sort="newest", size=MOST)).keys
    shown = {lang: entries(found, lang) for lang in LANGUAGE_CODES}
    address = absolute(feed_url(query))
    with override(query.lang):
        heading = _heading(query)
        made = PracticesFeed(
            title=without_illegal_characters(f"{heading}: {describe_query(query)}"),
            link=absolute(search_url(query.without_paging)),
            description=None,
            language=query.lang,
            author_name=gettext("SPECA good practices"),
            feed_url=address,
            feed_guid=address,
        )
        for entry in shown[query.lang]:
            _add(made, entry, shown.values())
    return made.writeString("utf-8")


def _heading(query: Query) -> str:
    """Return what the feed is of, by the kind asked for."""
    if kind := only_kind(query.values("kind")):
        return gettext("New %(kinds)s") % {"kinds": str(kind.label_plural).lower()}
    return gettext("New records")


def _add(made: PracticesFeed, entry: Entry, shown: Iterable[list[Entry]]) -> None:
    licence = entry.facts.get("content_licence")
    same = (other for found in shown for other in found if other.key == entry.key)
    made.add_item(
        title=without_illegal_characters(entry.title),
        link=entry.address,
        description=escape(without_illegal_characters(entry.summary)),  # Django calls it HTML
        author_name=without_illegal_characters(entry.organisation) or gettext("SPECA good practices"),
        pubdate=entry.first_published,
        updateddate=entry.changed,
        unique_id=entry.permanent,
        item_copyright=licence.label if licence else None,
        language=entry.title_language,
        elsewhere={other.language: other.address for other in same if other.language != entry.language},
        licence=entry.licence_address,
        # The scheme is where a facet's codes are listed, in any language the same.
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
