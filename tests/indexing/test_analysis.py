"""Terms: what finds the same, and what must not."""

import pytest
import snowballstemmer
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from indexing.analysis import BARRIER, LARGEST_RECORD, join_terms, parse_text, terms, truncate_columns


@pytest.mark.parametrize(
    "alike",
    [
        "цифровой цифровые цифровых",
        "connecting connectivity connected",
        "ещё еще ЕЩЁ",
        "Kazakhstan Kazakhstan's KAZAKHSTAN’S",
        *(
            " ".join(name + ending for ending in ("", "а", "у", "ом", "е"))
            for name in (
                "Казахстан",
                "Кыргызстан",
                "Таджикистан",
                "Туркменистан",
                "Узбекистан",
                "Афганистан",
                "Азербайджан",
            )
        ),
    ],
)
def test_forms_of_one_word_are_one_term(alike):
    assert len(set(terms(alike))) == 1


def test_a_hyphenated_word_is_a_phrase():
    assert parse_text("e-resilience").required == (("e", "resili"),)
    assert parse_text("-e-resilience").excluded == (("e", "resili"),)


@pytest.mark.parametrize(
    ("typed", "required", "excluded"),
    [
        ('"rural schools" -fibre', (("rural", "school"),), (("fibr",),)),
        ('"never closed', (("never",), ("close",)), ()),
        ("«сельские школы»", (("сельск", "школ"),), ()),
        ("schools,clinics", (("school",), ("clinic",)), ()),
        ("- -- ! “”", (), ()),
        ("the of в", (("the",), ("of",), ("в",)), ()),
    ],
)
def test_how_a_text_is_read(typed, required, excluded):
    query = parse_text(typed)
    assert (query.required, query.excluded) == (required, excluded)


@given(st.text())
def test_any_text_gives_terms_that_an_index_can_hold(text):
    for term in [*terms(text), *(t for phrase in parse_text(text).required for t in phrase)]:
        assert term.isalnum()
        assert len(term) <= 64
        assert BARRIER not in term


@given(st.lists(st.text(alphabet="абвгдежзиклмноыь ", max_size=40)))
def test_the_two_stemmers_stem_alike(words):
    pure, fast = snowballstemmer.stemmer("russian"), Stemmer.Stemmer("russian")
    assert [pure.stemWord(word) for word in words] == fast.stemWords(words)


def test_a_huge_text_is_cut_after_a_whole_term():
    columns = truncate_columns([join_terms(["начало"]), join_terms(["школа " * 200_000])])
    assert sum(len(column.encode()) for column in columns) <= LARGEST_RECORD
    assert columns[0] == " нача "
    assert columns[1].endswith(" школ ")
