"""The property that holds every engine: ids, total and all counts equal what a person would count by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import Query
from tests.factories import contents as made
from tests.support.serving import ENGINES, asking, few_corpora
from tests.support.transactions import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("name", ENGINES), pytest.mark.slow]


@few_corpora
@given(corpus=made.corpora(), queries=st.lists(made.queries(), min_size=13, max_size=13))
def test_ids_total_and_every_count_equal_brute_force(name, corpus, queries):
    with asking(name) as asked, rolled_back():
        made.keep(corpus)
        asked.make_findable()
        for query in queries:
            found, expected = asked.engine.search(query), made.expected(corpus, query)
            assert found.total == asked.engine.size(query) == expected.total, query
            assert found.counts == expected.counts, query
            if query.order == "relevance":
                assert sorted(found.keys) == sorted(expected.keys), query
            else:
                assert found.keys == expected.keys, query


@few_corpora
@given(
    corpus=made.corpora(), queries=st.lists(made.queries(), min_size=3, max_size=3), size=st.integers(1, 4)
)
def test_pages_neither_repeat_nor_skip_and_a_walk_has_them_all(name, corpus, queries, size):
    with asking(name) as asked, rolled_back():
        made.keep(corpus)
        asked.make_findable()
        for query in queries:
            whole = asked.engine.search(query).keys
            paged = [
                key
                for page in range(1, len(whole) // size + 2)
                for key in asked.engine.search(Query(**{**vars(query), "size": size, "page": page})).keys
            ]
            assert paged == list(asked.engine.iter_keys(query)) == whole, query
