"""“Did you mean”, on the judged list of typing errors and the demo content."""

from pathlib import Path

import pytest
from django.core.management import call_command

from indexing.analysis import terms
from search.query import Query
from search.spelling import suggest_spelling
from tests.factories import a_practice

pytestmark = pytest.mark.slow

LIST = Path(__file__).parent / "typing_errors.txt"
PAIRS = [
    tuple(part.strip() for part in line.split("->"))
    for line in LIST.read_text(encoding="utf-8").splitlines()
    if "->" in line and not line.startswith("#")
]
AT_LEAST = 32


@pytest.mark.django_db
def test_most_typing_errors_are_put_right(capsys):
    call_command("setup_portal")
    call_command("load_demo")
    assert len(PAIRS) == 40
    # Where nothing is proposed the typed words are asked for; an ending left out may find the same.
    answers = {typed: suggest_spelling(Query(q=typed)) or typed for typed, _ in PAIRS}
    wrong = {(typed, answers[typed]) for typed, meant in PAIRS if terms(answers[typed]) != terms(meant)}
    assert len(PAIRS) - len(wrong) >= AT_LEAST, wrong


@pytest.mark.django_db
def test_only_what_finds_something_is_proposed(tree):
    page = a_practice(tree.section("kazakhstan"), title="Broadband")
    assert suggest_spelling(Query(q="brodband")) == "broadband"
    assert suggest_spelling(Query(q="brodband").with_values("country", ["TJ"])) is None
    page.unpublish()
    assert suggest_spelling(Query(q="brodband")) is None
