"""“Did you mean”, on the judged list of typing errors and the demo content."""

import pytest
from django.core.management import call_command

from indexing.analysis.columns import terms
from search.query import Query
from search.spelling import suggest_spelling
from tests.factories import a_practice
from tests.search.judged import read_judged

pytestmark = pytest.mark.slow

PAIRS = read_judged("typing_errors.txt")
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
def test_names_and_acronyms_are_no_errors(tree):
    """A word of a title, a tag, an organisation, a place or a slug is known even where nothing is found with it."""
    a_practice(
        tree.section("kazakhstan"),
        title="Paid roads with Latin letters",
        slug="pamir-highway",
        tags=["xroads"],
        organisations=[("lead", {"name": "Telia"})],
        summary="Common words: still, class.",
    )
    for typed in ("Pamir", "памир", "Памир", "C++", "ILO", "CO2", "pam1r"):
        assert suggest_spelling(Query(q=typed)) is None, typed
    assert suggest_spelling(Query(q="telem*")) is None


@pytest.mark.django_db
def test_corrections_stay_in_their_alphabet_but_for_the_keyboard(tree):
    a_practice(tree.section("kazakhstan"), title="лавина code")
    assert suggest_spelling(Query(q="kfdbyf")) == "лавина"
    assert suggest_spelling(Query(q="сode2")) is None


@pytest.mark.django_db
def test_a_correction_keeps_the_other_signs(tree):
    a_practice(tree.section("kazakhstan"), title="Broadband for Türkmen schools")
    assert suggest_spelling(Query(q='"brodband for", Türkmen')) == '"broadband for", Türkmen'


@pytest.mark.django_db
def test_only_what_finds_something_is_proposed(tree):
    page = a_practice(tree.section("kazakhstan"), title="Broadband")
    assert suggest_spelling(Query(q="brodband")) == "broadband"
    assert suggest_spelling(Query(q="brodband").with_values("country", ["TJ"])) is None
    page.unpublish()
    assert suggest_spelling(Query(q="brodband")) is None
