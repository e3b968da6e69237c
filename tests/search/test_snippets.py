"""Marks in texts: exactly the words that the same analysis finds, whatever signs they are written with."""

import re

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from indexing.analysis.columns import terms
from search.snippets import hits, mark

DEMO = [file.read_text(encoding="utf-8") for file in (settings.BASE_DIR / "demo").rglob("*.yaml")]
WRITTEN = sorted({word for text in DEMO for word in re.findall(r"[^\W_]+", text)})


def test_every_word_of_the_demo_is_marked_when_its_stem_is_asked_for() -> None:
    missed = [word for word in WRITTEN if not mark(word, frozenset(terms(word)))]
    assert missed == []


@pytest.mark.parametrize(
    "word",
    ["using", "dying", "skies", "Ёлка", "ещё", "eﬃcient", "ﬁbre", "Straße", "İstanbul", "Казахстане", "5G"],
)
def test_signs_that_analysis_writes_otherwise_are_marked(word: str) -> None:
    assert mark(f"— {word}, and more", frozenset(terms(word)[:1]))


@pytest.mark.hypothesis
@given(
    st.lists(st.sampled_from(WRITTEN), max_size=40),
    st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=3),
)
@example(["us", "using", "user"], ["used"])
def test_what_is_marked_are_the_words_whose_stems_are_asked_for(text: list[str], asked: list[str]) -> None:
    wanted = frozenset(term for word in asked for term in terms(word))
    marked = re.findall(r"<mark>(.*?)</mark>", mark(" ".join(text), wanted))
    assert marked == [word for word in text if wanted.intersection(terms(word))]
    assert hits(" ".join(text), wanted) == wanted.intersection(*[{t for w in text for t in terms(w)}])
