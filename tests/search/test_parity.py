"""The property that holds every engine: ids, total and all counts equal what a person would count by hand."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from search.question import Question
from tests.factories import contents as made
from tests.search.serving import ENGINES, asking

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("name", ENGINES)]


class Undone(Exception):
    """Ends a transaction whose work no later example may see."""


@given(corpus=made.corpora(), questions=st.lists(made.questions(), min_size=5, max_size=5))
def test_ids_total_and_every_count_equal_brute_force(name, corpus, questions):
    with asking(name) as asked, pytest.raises(Undone), transaction.atomic():
        made.keep(corpus)
        asked.make_findable()
        for question in questions:
            found, expected = asked.engine.search(question), made.expected(corpus, question)
            assert found.total == asked.engine.size(question) == expected.total, question
            assert found.counts == expected.counts, question
            if question.order == "relevance":
                assert sorted(found.keys) == sorted(expected.keys), question
            else:
                assert found.keys == expected.keys, question
        raise Undone


@given(corpus=made.corpora(), question=made.questions(), size=st.integers(1, 4))
def test_pages_neither_repeat_nor_skip_and_a_walk_has_them_all(name, corpus, question, size):
    with asking(name) as asked, pytest.raises(Undone), transaction.atomic():
        made.keep(corpus)
        asked.make_findable()
        whole = asked.engine.search(question).keys
        paged = [
            key
            for page in range(1, len(whole) // size + 2)
            for key in asked.engine.search(Question(**{**vars(question), "size": size, "page": page})).keys
        ]
        assert paged == list(asked.engine.walk(question)) == whole, question
        raise Undone
