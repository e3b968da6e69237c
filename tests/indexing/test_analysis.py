"""Terms: what finds the same, and what must not."""

import unicodedata

import pytest
import snowballstemmer
import Stemmer
from hypothesis import assume, given
from hypothesis import strategies as st

from indexing.analysis.columns import (
    BARRIER,
    LARGEST_RECORD,
    join_terms,
    join_variants,
    terms,
    truncate_columns,
)
from indexing.analysis.letters import normalise, words_of
from indexing.analysis.sounds import SOUND, sounds
from indexing.analysis.text_query import NO_TERM, NOTHING, AnyOf, Phrase, Prefix, leaves, parse_text

SOUNDS = tuple(Phrase((sound,)) for sound in sounds("eresilience"))


@pytest.mark.parametrize(
    "alike",
    [
        "цифровой цифровые цифровых",
        "connecting connectivity connected",
        "ещё еще ЕЩЁ",
        "Kazakhstan Kazakhstan's KAZAKHSTAN’S",
        "стали сталь сталью",
    ],
)
def test_forms_of_one_word_are_one_term(alike):
    assert len(set(terms(alike))) == 1


def test_a_hyphenated_word_is_a_phrase_or_one_word():
    assert parse_text("e-resilience").required == (
        AnyOf((Phrase(("e", "resili")), Phrase(("eresili",)), *SOUNDS)),
    )
    assert parse_text("-e-resilience").excluded == parse_text("e-resilience").required


@pytest.mark.parametrize(
    ("typed", "required", "excluded"),
    [
        ('"rural schools" -fibre', [("rural", "school")], [("fiber",)]),
        ('"never closed', [("never",), ("close",)], []),
        ("«сельские школы»", [("сельск", "школ")], []),
        ("schools,clinics", [("school",), ("clinic",)], []),
        ("- -- ! “”", [], []),
        ("the of в", [("the",), ("of",), ("в",)], []),
        ("-a school", [("school",)], [("a",)]),
    ],
)
def test_how_a_text_is_read(typed, required, excluded):
    query = parse_text(typed)
    assert [next(leaves((node,))).terms for node in query.required] == required
    assert [next(leaves((node,))).terms for node in query.excluded] == excluded


@pytest.mark.parametrize("typed", ["и", "И", " C++ ", '"x"', "я*"])
def test_one_letter_is_no_query(typed):
    assert parse_text(typed).required == (NOTHING,)


@pytest.mark.parametrize(("typed", "prefix"), [("telemed*", "telemed"), ("ТЕЛЕМЕД*", "телемед")])
def test_a_star_makes_a_prefix(typed, prefix):
    assert parse_text(typed).required == (Prefix(prefix),)


@pytest.mark.parametrize("typed", ["te*", "a-telemed*", "tele*med"])
def test_other_stars_are_signs_between_words(typed):
    assert Prefix not in {type(node) for node in parse_text(typed).required}


@given(st.text(), st.lists(st.sampled_from("\u0301\u00ad\u200b\u200d\ufeff\u0304"), max_size=5), st.randoms())
def test_marks_and_format_characters_within_a_word_change_nothing(text, characters, random):
    """A character that is dropped, put behind any letter, leaves the words as they are."""
    assume(not any(c in "иИ" for c in text))  # и and a breve are й
    varied = list(text)
    for character in characters:
        places = [place for place, letter in enumerate(varied, start=1) if letter.isalnum()]
        if places:
            varied.insert(random.choice(places), character)
    assert words_of("".join(varied)) == words_of(text)


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=st.characters(codec="utf-8")), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_a_text_finds_itself_however_it_is_composed(text, form):
    assume("´" not in text)  # two of the forms make it a space and a mark, people type it for an apostrophe
    assert words_of(unicodedata.normalize(form, text)) == words_of(unicodedata.normalize("NFC", text))


@given(st.text(alphabet="abcяшёйİıҷƏə'’- ", max_size=20))
def test_case_makes_no_difference(text):
    assert words_of(text.lower()) == words_of(text)


@given(st.text())
def test_any_text_gives_terms_that_an_index_can_hold(text):
    query = parse_text(text)
    asked = [term for leaf in leaves(query.required) for term in leaf.terms]
    for term in [*terms(text), *join_variants([text], [("ru", text)]).split(), *asked]:
        assert term.lstrip(SOUND + NO_TERM).isalnum() or term == NO_TERM
        assert len(term) <= 65
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
