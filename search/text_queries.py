"""The text of a query as engines take it: parsed, with synonyms, its prefixes with the words that begin with them."""

from dataclasses import replace

from indexing.analysis.stems import stems
from indexing.analysis.text_query import NOTHING, AllOf, AnyOf, Node, Phrase, Prefix, TextQuery, parse_text
from search.lexicon import lexicon
from search.query import Query
from search.synonyms import Expansion, expand

# Of one prefix, the shortest first.
MOST_WORDS = 500


def text_query_of(query: Query) -> TextQuery:
    """Return the parsed text of a query, with the synonyms of its words unless it wants none, and the words of its prefixes."""
    if not query.q:
        return TextQuery()
    parsed = parse_text(query.q)
    required = expand(parsed.required)[0] if query.synonyms else parsed.required
    return replace(
        parsed,
        required=tuple(map(_with_prefixed_words, required)),
        excluded=tuple(map(_with_prefixed_words, parsed.excluded)),
    )


def synonyms_of(query: Query) -> list[Expansion]:
    """Return the words of a query for which synonyms are searched for as well."""
    return expand(parse_text(query.q).required)[1] if query.q and query.synonyms else []


def _with_prefixed_words(node: Node) -> Node:
    if isinstance(node, Prefix):
        words = sorted((word for word in lexicon() if word.startswith(node.text)), key=len)
        found = dict.fromkeys(Phrase((stem,)) for word in words[:MOST_WORDS] for stem in stems(word))
        return replace(node, nodes=tuple(found) or (NOTHING,))
    if isinstance(node, AnyOf | AllOf):
        return replace(node, nodes=tuple(map(_with_prefixed_words, node.nodes)))
    return node
