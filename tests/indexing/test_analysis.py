"""Terms: what finds the same, and what must not."""

import hashlib
import unicodedata
from pathlib import Path

import pytest
import snowballstemmer
import Stemmer
from hypothesis import assume, given
from hypothesis import strategies as st

from indexing.analysis import VERSION
from indexing.analysis.chunks import ACRONYM_MARK
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
        "сталь сталью сталей",
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
        ("«сельские школы»", [("сельский", "школа")], []),
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


@pytest.mark.parametrize("typed", ["и", "И", " C++ ", '"x"', "я*", "a a a", "a -b", "и в", 'к "а"'])
def test_one_letter_is_no_query(typed):
    assert parse_text(typed).required == (NOTHING,)


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("дания", "данные данных дали"),
        ("сель", "село сёла"),
        ("почта", "почти"),
        ("грузия", "груз грузов"),
        ("домен", "дома домом"),
        ("виза", "визитов"),
        ("месть", "мест"),
        ("семь", "семья семьи"),
        ("часть", "чаще"),
        ("день", "дел"),
        ("данные", "дали дать"),
        ("уголь", "угол"),
        ("партия", "парта"),
        ("серия", "серый сера"),
        ("метро", "метр"),
        ("долг", "долгий"),
        ("суд", "судить"),
        ("кредит", "кредо"),
    ],
)
def test_words_of_the_dictionary_are_not_taken_for_each_other(typed, others):
    """Neither by their terms nor by those of variants."""
    asked = {term for leaf in leaves(parse_text(typed).required) for term in leaf.terms}
    for other in others.split():
        assert asked.isdisjoint([*terms(other), *join_variants([other], []).split()]), other


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Х-Road", "X-Road"),  # Cyrillic Х
        ("АSАN", "ASAN"),
        ("ТUNDUK", "TUNDUK"),
        ("сBeta", "cBeta"),  # Cyrillic с
        ("мaxалля", "махалля"),  # Latin a, x
    ],
)
def test_a_word_typed_in_two_alphabets_is_one_in_one(typed, written):
    assert terms(typed) == terms(written)


def test_letters_of_two_alphabets_that_look_otherwise_stay():
    assert terms("ITпарк") == ["itпарк"]


@pytest.mark.parametrize("typed", ["IT", "WHO", "ПО", "ИТ or IT", "the IT park"])
def test_a_pronoun_in_capitals_is_an_acronym(typed):
    asked = {term for leaf in leaves(parse_text(typed).required) for term in leaf.terms}
    assert asked.isdisjoint(["it", "who", "по"])
    assert any(term.startswith(ACRONYM_MARK) for term in asked)


@pytest.mark.parametrize("typed", ["it", "it park", "IT PARK", '"it"', "по", "доступ по сети"])
def test_else_it_is_the_word(typed):
    asked = {term for leaf in leaves(parse_text(typed).required) for term in leaf.terms}
    assert asked.intersection(["it", "по"])


def test_a_long_row_of_hyphens_is_no_joined_word():
    assert len(list(leaves(parse_text("a-" * 100 + "b").required))) < 10


def test_the_version_tells_terms_of_another_kind():
    """If this fails, the terms of some word have changed: increase VERSION, so that records are made anew, and note it here."""
    words = (
        Path(__file__).parent / "declensions_russian.txt"
    ).read_text() + "X-Road eGov IT colours e-resilience Асан"
    digest = hashlib.sha256(
        join_variants([words], [("ru", words)]).encode() + " ".join(terms(words)).encode()
    )
    assert (VERSION, digest.hexdigest()[:12]) == (2, "e4728742a6cc")


@pytest.mark.parametrize(("typed", "prefix"), [("telemed*", "telemed"), ("ТЕЛЕМЕД*", "телемед")])
def test_a_star_makes_a_prefix(typed, prefix):
    assert parse_text(typed).required == (Prefix(prefix),)


def test_the_last_part_of_a_hyphenated_word_may_be_a_prefix():
    assert parse_text("онлайн-усл*").required == (*parse_text("онлайн").required, Prefix("усл"))


@pytest.mark.parametrize("typed", ["te*", "tele*med"])
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
        assert term.lstrip(SOUND + NO_TERM + ACRONYM_MARK).isalnum() or term == NO_TERM
        assert len(term) <= 65
        assert BARRIER not in term


@given(st.lists(st.text(alphabet="абвгдежзиклмноыь ", max_size=40)))
def test_the_two_stemmers_stem_alike(words):
    pure, fast = snowballstemmer.stemmer("russian"), Stemmer.Stemmer("russian")
    assert [pure.stemWord(word) for word in words] == fast.stemWords(words)


def test_a_huge_text_is_cut_after_a_whole_term():
    columns = truncate_columns([join_terms(["начало"]), join_terms(["школа " * 200_000])])
    assert sum(len(column.encode()) for column in columns) <= LARGEST_RECORD
    assert columns[0] == " начало "
    assert columns[1].endswith(" школа ")
