"""What a reader may be about to type: vocabulary, tags and titles, whichever alphabet they are written in."""

from dataclasses import dataclass

from indexing.analysis import words
from search.engines import engine
from search.labels import labels
from search.query import Query
from search.results import items_for

MOST = 10
TITLES = 6
SHORTEST = 2
OFFERED = ("country", "theme", "beneficiary", "type", "tag")


@dataclass(frozen=True)
class Suggestion:
    """`kind` is a facet's name or "title"; `query` is the query it stands for, `count` how many it finds."""

    text: str
    kind: str
    url: str
    count: int


def suggestions(typed: str, lang: str) -> list[Suggestion]:
    """At most MOST suggestions for a beginning of at least two letters, vocabulary first; only what finds something."""
    beginnings = words(typed)
    if sum(map(len, beginnings)) < SHORTEST:
        return []
    terms = _terms(beginnings, lang)[: MOST - TITLES + 1]
    titles = items_for(engine().suggest(beginnings, TITLES), lang)
    return (terms + [Suggestion(item.title, "title", item.url, 1) for item in titles])[:MOST]


def _terms(beginnings: list[str], lang: str) -> list[Suggestion]:
    shown, in_both = labels(lang), (labels("en"), labels("ru"))
    counts = engine().search(Query(size=1)).counts
    found = [
        Suggestion(
            text=shown[facet].get(code, code),
            kind=facet,
            url=f"/{lang}/search/?{Query().with_values(facet, [code]).to_query_string()}",
            count=count,
        )
        for facet in OFFERED
        for code, count in counts[facet].items()
        if any(begins(names[facet].get(code, code), beginnings) for names in in_both)
    ]
    return sorted(found, key=lambda suggestion: (-suggestion.count, suggestion.text))


def begins(name: str, beginnings: list[str]) -> bool:
    """Whether every beginning is the beginning of a word of `name`."""
    written = words(name)
    return all(any(word.startswith(beginning) for word in written) for beginning in beginnings)
