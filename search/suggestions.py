"""Autocomplete: terms of the vocabularies, tags and titles, in either language."""

from dataclasses import dataclass

from indexing.analysis.letters import words_of
from search.engines import engine
from search.labels import labels
from search.query import Query
from search.results import items_for

MAX_SUGGESTIONS = 10
MAX_TITLES = 6
MIN_LETTERS = 2
SUGGESTED_FACETS = ("country", "theme", "beneficiary", "type", "tag")


@dataclass(frozen=True)
class Suggestion:
    """`kind` is a facet's name or "title"; `url` is the search or the page to open; `count` the number of results."""

    text: str
    kind: str
    url: str
    count: int


def suggestions(typed: str, lang: str) -> list[Suggestion]:
    """Return at most MAX_SUGGESTIONS suggestions that have results, terms first; none for fewer than MIN_LETTERS."""
    prefixes = words_of(typed)
    if sum(map(len, prefixes)) < MIN_LETTERS:
        return []
    terms = _terms(prefixes, lang)[: MAX_SUGGESTIONS - MAX_TITLES + 1]
    titles = items_for(engine().suggest(prefixes, MAX_TITLES), lang)
    return (terms + [Suggestion(item.title, "title", item.url, 1) for item in titles])[:MAX_SUGGESTIONS]


def _terms(prefixes: list[str], lang: str) -> list[Suggestion]:
    facet_labels, labels_in_both = labels(lang), (labels("en"), labels("ru"))
    counts = engine().search(Query(size=1)).counts
    terms = [
        Suggestion(
            text=facet_labels[facet].get(code, code),
            kind=facet,
            url=f"/{lang}/search/?{Query().with_values(facet, [code]).to_query_string()}",
            count=count,
        )
        for facet in SUGGESTED_FACETS
        for code, count in counts[facet].items()
        if any(has_prefixes(names[facet].get(code, code), prefixes) for names in labels_in_both)
    ]
    return sorted(terms, key=lambda suggestion: (-suggestion.count, suggestion.text))


def has_prefixes(name: str, prefixes: list[str]) -> bool:
    """Return whether each prefix begins a word of `name`."""
    name_tokens = words_of(name)
    return all(any(word.startswith(prefix) for word in name_tokens) for prefix in prefixes)
