"""Marks in texts: exactly the words that the same analysis finds, whatever signs they are written with."""

import re

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from indexing.analysis.columns import terms
from indexing.analysis.text_query import parse_text
from search.snippets import Wanted, hits, mark

DEMO = [file.read_text(encoding="utf-8") for file in (settings.BASE_DIR / "demo").rglob("*.yaml")]
WRITTEN = sorted({word for text in DEMO for word in re.findall(r"[^\W_]+", text)})


def passages_of(text: str, *asked: str) -> list[str]:
    """Return what is marked for single terms."""
    found = hits(text, Wanted((term,) for term in asked))
    assert [text[hit.start : hit.end] for hit in found] == re.findall("<mark>(.*?)</mark>", mark(text, found))
    return [text[hit.start : hit.end] for hit in found]


def marked(typed: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits(text, Wanted.of(parse_text(typed)))]


def test_every_word_of_the_demo_is_marked_when_its_stem_is_asked_for() -> None:
    missed = [word for word in WRITTEN if not passages_of(word, *terms(word))]
    assert missed == []


@pytest.mark.parametrize(
    "word",
    ["using", "dying", "skies", "Ёлка", "ещё", "eﬃcient", "ﬁbre", "Straße", "İstanbul", "Казахстане", "5G"],
)
def test_signs_that_analysis_writes_otherwise_are_marked(word: str) -> None:
    assert passages_of(f"— {word}, and more", terms(word)[0])


@pytest.mark.hypothesis
@given(
    st.lists(st.sampled_from(WRITTEN), max_size=40),
    st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=3),
)
@example(["us", "using", "user"], ["used"])
def test_what_is_marked_are_the_words_whose_stems_are_asked_for(text: list[str], asked: list[str]) -> None:
    wanted = frozenset(term for word in asked for term in terms(word))
    assert passages_of(" ".join(text), *wanted) == [word for word in text if wanted.intersection(terms(word))]


@pytest.mark.parametrize(
    ("typed", "text", "passages"),
    [
        ('"digital hub"', "Digital Silk Way, a digital hub", ["digital hub"]),
        ("a2i", "a local man, A2I and 2 of them", ["A2I"]),
        ("start-up", "It can start up to 400; a start-up, startups", ["start up", "start-up", "startups"]),
        ("X-Road", "X-Road, xroad, X Road; the road", ["X-Road", "xroad", "X Road"]),
        ("ООН", "On the way, on time: UN", []),
        ("IT", "It is an IT park", ["IT"]),
        ("it park", "an IT park", ["IT", "park"]),
        ("eGov", "e-government, e-Gov and eGov", ["e-Gov", "eGov"]),
        ("школа села", "В школах села", ["школах", "села"]),
        ("Тундук", "Tunduk and tunduk", ["Tunduk"]),
        ("школа", "Школа школой школьный", ["Школа", "школой"]),
    ],
)
def test_only_what_is_found_is_marked(typed: str, text: str, passages: list[str]) -> None:
    assert marked(typed, text) == passages
