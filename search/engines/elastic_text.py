"""The text of a query as a query of Elasticsearch."""

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query as ServerQuery

from indexing.analysis.text_query import AllOf, Node, Phrase, Prefix, TextQuery, leaves
from search.engines.fulltext import NEAR, NEAR_COLUMNS, PHRASE_COLUMNS, WEIGHTS, pairs

# The weights of the database engine, so that both rank alike; `combined_fields` takes none below 1.
WEIGHTED = [f"{field}^{weight / min(WEIGHTS.values()):g}" for field, weight in WEIGHTS.items()]
PHRASE_FIELDS = [f"{field}^{WEIGHTS[field]:g}" for field in PHRASE_COLUMNS]
NEAR_FIELDS = [f"{field}^{WEIGHTS[field]:g}" for field in NEAR_COLUMNS]


def node_query(node: Node) -> ServerQuery:
    """Return the query for a node. `combined_fields` scores the fields as if they were one text."""
    if isinstance(node, AllOf):
        return Q("bool", must=[node_query(part) for part in node.nodes])
    if isinstance(node, Prefix):
        return prefix_query(node)
    nodes = (node,) if isinstance(node, Phrase) else node.nodes
    words = [part.terms[0] for part in nodes if isinstance(part, Phrase) and len(part.terms) == 1]
    others = [part for part in nodes if not (isinstance(part, Phrase) and len(part.terms) == 1)]
    queries = [Q("combined_fields", query=" ".join(words), operator="or", fields=WEIGHTED)] if words else []
    queries += [phrase_query(part.terms) if isinstance(part, Phrase) else node_query(part) for part in others]
    return queries[0] if len(queries) == 1 else Q("bool", should=queries, minimum_should_match=1)


def prefix_query(node: Prefix) -> ServerQuery:
    """Return a query for any of the words of a prefix. They may be hundreds, so that scoring each would take a second."""
    words = list(dict.fromkeys(leaf.terms[0] for leaf in leaves((node,))))
    return Q("bool", should=[Q("terms", **{field: words}) for field in WEIGHTS], minimum_should_match=1)


def phrase_query(terms: tuple[str, ...]) -> ServerQuery:
    """Return a query for terms side by side within one field."""
    return Q("multi_match", type="phrase", query=" ".join(terms), fields=PHRASE_FIELDS)


def near_queries(query: TextQuery) -> list[ServerQuery]:
    """Return queries that raise the score where a word is near the next one."""
    return [
        Q("multi_match", type="phrase", query=" ".join(pair), fields=NEAR_FIELDS, slop=NEAR)
        for pair in pairs(query)
        if all(pair)
    ]
