"""The queries of the bench, the same on every machine. Two-word queries come from a practice, so that they have results."""

import hashlib
import random
from dataclasses import dataclass
from urllib.parse import parse_qsl

from search.query import Query, parse
from tools.bench.corpus import SEED, Corpus

SMALLEST_CORPUS = 10_000  # queries are drawn from it, so that they are the same for all corpora
TWO_WORDS = 60
# Readers ask for words of the field. Of the real practices, two neighbouring words of a title or tag stand together in 4 to
# 12 in a hundred (quartiles); so do two of these.
FREQUENT = 100
# How often a facet is filtered by, against the others.
FILTERED = {"country": 5, "theme": 5, "status": 3, "beneficiary": 2, "type": 2, "sdg": 2, "year": 1, "tag": 1,
            "evidence": 1, "scope": 1}  # fmt: skip
# Filters alone, from narrow ones to those that every practice passes: no text helps to sort and count what they find.
FILTERS_ALONE = [
    "country=KZ",
    "country=AF&country=KZ&country=UZ&theme=digital-connectivity",
    "theme=digital-inclusion",
    "theme=e-resilience&theme=e-government&sdg=4&sdg=9",
    "beneficiary=women&beneficiary=youth&all=beneficiary",
    "status=ongoing",
    "status=ongoing&status=scaled&status=completed&status=pilot",
    "scope=national&evidence=1&evidence=2",
    "kind=practice",
    "language=en&language=ru",
    "language=en&language=ru&all=language",
    "language=en&language=ru&status=ongoing&status=completed&status=pilot&scope=national&scope=local&kind=practice",
    "kind=practice&sort=title",
    "language=en&language=ru&sort=year",
    "kind=practice&page=500",
]


@dataclass(frozen=True)
class Queries:
    """`two_words` have one or two filters each."""

    two_words: list[Query]
    filters_alone: list[Query]
    everything: Query
    hash: str


def queries(corpus: Corpus, two_words: int = TWO_WORDS) -> Queries:
    """Return the queries with `two_words` two-word queries; a larger number only appends some."""
    known_codes = {facet: frozenset(draw.values) for facet, draw in (corpus.draws | corpus.single).items()}
    known_codes |= {
        "theme": frozenset(corpus.parents),
        "kind": frozenset({"practice"}),
        "language": frozenset({"en", "ru"}),
    }
    rng = random.Random(f"{SEED}:questions")
    drawn = [_from_practice(corpus, rng, filters=1 + number % 2) for number in range(two_words)]
    alone = []
    for text in FILTERS_ALONE:
        query, notices = parse(parse_qsl(text), known_codes)
        assert not notices, notices
        alone.append(query)
    all_queries = [*drawn, *alone, Query()]
    text = "\n".join(query.to_query_string(with_lang=True) for query in all_queries)
    return Queries(drawn, alone, Query(), hashlib.sha256(text.encode()).hexdigest())


def _from_practice(corpus: Corpus, rng: random.Random, filters: int) -> Query:
    """Return a query of two frequent words of one text and `filters` codes of a practice."""
    while True:
        practice = corpus.practice(rng.randrange(SMALLEST_CORPUS))
        content = rng.choice(practice)
        lexicon = corpus.lexicons[content.language]
        frequent = {
            form: place for place in range(len(lexicon.common), FREQUENT) for form in lexicon.forms[place]
        }
        all_words = [word for text in content.fields.values() for word in text.lower().strip(".").split()]
        candidates = [word for word in all_words if word in frequent]
        first, second = rng.sample(candidates, 2) if len(candidates) > 1 else ("", "")
        if frequent.get(first) == frequent.get(second):
            continue
        facets = {facet: codes for facet, codes in content.facets.items() if facet in FILTERED and codes}
        query = Query(q=f"{first} {second}", lang=content.language)
        for facet in dict.fromkeys(rng.choices(list(facets), [FILTERED[facet] for facet in facets], k=10)):
            if len(query.chosen) < filters:
                query = query.with_values(facet, [rng.choice(facets[facet])])
        return query
