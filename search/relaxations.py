"""Where to go from a query without results: the same query with one filter fewer, and the nearest themes."""

from collections import Counter
from dataclasses import dataclass, replace

from indexing.analysis.letters import words_of
from search.describe import year_labels
from search.engines import engine
from search.labels import labels
from search.query import Query

# Each one costs a query, and a URL can hold hundreds of filters.
MAX_RELAXATIONS = 20
MAX_WORDS, MAX_THEMES = 6, 3


@dataclass(frozen=True)
class Relaxation:
    """A wider query, what it drops or is about, and the number of its results."""

    dropped: str
    query: Query
    total: int


def relaxations_of(query: Query) -> list[Relaxation]:
    """Return the query without each single filter, and without its text, if it then has results."""
    facet_labels = labels(query.lang)
    candidates = [
        (facet_labels[facet].get(value, value), query.with_toggled(facet, value))
        for facet, values in query.chosen
        for value in values
    ]
    candidates += [(text, query.without_year(name)) for name, text in year_labels(query)]
    if query.q and candidates:
        candidates.append((query.q, replace(query, q="", page=1)))
    relaxations = (
        Relaxation(label, relaxed, engine().size(relaxed)) for label, relaxed in candidates[:MAX_RELAXATIONS]
    )
    return [relaxation for relaxation in relaxations if relaxation.total]


def nearest_themes(query: Query) -> list[Relaxation]:
    """Return searches for the themes that most records have in which one of the query's words occurs."""
    counts: Counter[str] = Counter()
    for word in list(dict.fromkeys(words_of(query.q)))[:MAX_WORDS]:
        counts.update(engine().search(Query(q=word, size=1)).counts["theme"])
    names = labels(query.lang)["theme"]
    themed = [
        (code, Query(lang=query.lang).with_values("theme", [code]))
        for code, _ in counts.most_common(MAX_THEMES)
    ]
    return [Relaxation(names.get(code, code), search, engine().size(search)) for code, search in themed]
