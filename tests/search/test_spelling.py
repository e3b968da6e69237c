"""“Did you mean”, on the judged list of typing errors and the demo content."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command

from indexing.analysis.columns import terms
from search.lexicon import lexicon
from search.query import Query
from search.spelling import suggest_spelling
from taxonomy.synonyms import Synonym
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
    assert suggest_spelling(Query(q="brodband").with_values("country", ["TJ"])) == "broadband", (
        "without the filter"
    )
    page.unpublish()
    assert suggest_spelling(Query(q="brodband")) is None


@pytest.mark.django_db
def test_words_of_a_dictionary_are_no_errors(tree):
    """A word with a meaning of its own is never taken for another alone, however near: ислам is not сам."""
    a_practice(
        tree.section("kazakhstan"),
        title="Common money, centres and exports",
        summary="Сам закон, экспорт, оптика, лет, года, мало, версия, use, who, once, import, ten, are, was, road",
    )
    words = "ислам завод паспорт аптека лес горы корова налог пенсия газ нефть лев театр airport river virus port cotton "
    words += "honey tea art war robot USA WTO OSCE GIZ ВТО СМИ ЦОД KOICA"
    assert [(word, found) for word in words.split() if (found := suggest_spelling(Query(q=word)))] == []


@pytest.mark.django_db
def test_a_word_of_the_dictionary_is_one_where_its_correction_stands_beside_the_others(tree):
    a_practice(tree.section("kazakhstan"), title="Early warning of floods")
    assert suggest_spelling(Query(q="early waring")) == "early warning"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("доступ к интренету", "доступ к интернету"),
        ("школы и интренет", "школы и интернет"),
        ("school in a vilage", "school in a village"),
        ("e-lerning", "e-learning"),
    ],
)
@pytest.mark.django_db
def test_short_words_beside_an_error_change_nothing(tree, typed, right):
    section = tree.section("kazakhstan")
    a_practice(section, title="Школы и интернет: доступ к интернету")
    a_practice(section, title="A school in a village, e-learning")
    assert suggest_spelling(Query(q=typed)) == right


@pytest.mark.django_db
def test_words_with_synonyms_are_known_and_candidates(tree):
    Synonym.objects.create(words="hackers\ncybersecurity", also="resilience")
    a_practice(tree.section("kazakhstan"), title="Resilience makes lakers")
    assert suggest_spelling(Query(q="hackers")) is None
    assert suggest_spelling(Query(q="cybersecurty")) == "cybersecurity"


@pytest.mark.django_db
def test_what_was_a_name_once_is_corrected_when_it_is_none_any_more(tree):
    page = a_practice(tree.section("kazakhstan"), title="Digital hub")
    assert suggest_spelling(Query(q="digitl")) == "digital"
    page.title = "Digitl hub"
    page.save_revision().publish()
    page.title = "Digital hub"
    page.save_revision().publish()
    assert suggest_spelling(Query(q="digitl")) == "digital"


def test_threads_read_the_lexicon_once(transactional_db, tree, monkeypatch):
    a_practice(tree.section("kazakhstan"), title="Broadband for schools")
    monkeypatch.setattr("search.lexicon._lexicon", [])
    monkeypatch.setattr("search.lexicon._last_word", 0)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: lexicon(), range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert len(lexicon()) == len(set(lexicon())) > 0
