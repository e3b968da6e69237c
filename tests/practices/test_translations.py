"""A practice in two languages: facts from the original, parts that are behind, and who may translate."""

import importlib

import pytest
from django.apps import apps
from django.utils.translation import override
from wagtail.test.utils.form_data import rich_text

from practices.models import PracticePage
from practices.translations import mark_up_to_date, original_of, outdated_field_labels, translation_of
from tests.factories import a_practice, a_translation, publish
from tests.factories.editing import edit_url, loaded_from, posted, snapshot_data
from tests.support.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def again(page: PracticePage) -> PracticePage:
    return PracticePage.objects.get(pk=page.pk)


def codes(terms) -> list[str]:
    return sorted(term.code for term in terms.all())


@pytest.fixture
def original(tree):
    return a_practice(tree.section(), title="Schools online", results="<p>41 schools.</p>", tags=["schools"])


@pytest.fixture
def russian(original):
    return a_translation(original, title="Школы онлайн", results="<p>41 школа.</p>")


def test_which_is_the_original(original, russian):
    assert original_of(russian) == original
    assert original_of(original) is None
    assert translation_of(original, "ru") == russian
    assert translation_of(russian, "en") == original
    assert translation_of(original, "en") is None
    assert list(PracticePage.objects.originals()) == [original]
    assert list(PracticePage.objects.in_language("ru")) == [russian]


def test_either_language_may_be_first(tree):
    first = a_practice(tree.section("kazakhstan", "ru"), title="Школы онлайн")
    english = a_translation(first, "en", title="Schools online")
    assert first.is_original
    assert not english.is_original
    assert english.url == "/en/practices/kazakhstan/shkoly-onlayn/"
    publish(first, results="<p>Новое.</p>")
    with override("en"):
        assert outdated_field_labels(again(english)) == ["Results"]


def test_a_new_translation_is_behind_in_nothing(russian):
    assert outdated_field_labels(russian) == []


@pytest.mark.parametrize("title", ["Школы онлайн", "Школы с интернетом"])
@pytest.mark.parametrize("form_was_saved", [True, False])
def test_a_published_translation_answers_at_the_originals_address(
    admin_client, client, russian, title, form_was_saved
):
    """Saved in its form, which has no field for it; or from a version that an earlier form gave an address of its own."""
    if form_was_saved:
        translated = {"title": title, "challenge": rich_text("<p>Мало у кого была связь.</p>")}
        sent = posted(**snapshot_data() | translated)
        for action in ({}, {"action-publish": "1"}):
            response = admin_client.post(edit_url(russian), sent | action | loaded_from(russian))
            assert response.status_code == 302, response.context["form"].errors
    else:
        version = russian.get_latest_revision_as_object()
        version.title, version.slug = title, "shkoly-s-internetom"
        version.save_revision().publish()

    page = again(russian)
    assert page.title == title
    assert page.url == "/ru/practices/kazakhstan/schools-online/"
    assert client.get(page.url).status_code == 200


def test_the_upgrade_gives_translations_their_address_back(client, original, russian):
    right, elsewhere = russian.url, original.url_path
    PracticePage.objects.filter(pk=russian.pk).update(url_path="/home-ru/practices/kazakhstan/shkoly-onlayn/")
    importlib.import_module("practices.migrations.0018_url_paths_of_translations").repair_url_paths(
        apps, None
    )
    assert again(russian).url == right
    assert again(original).url_path == elsewhere
    assert client.get(right).status_code == 200


def test_a_changed_original_leaves_the_part_behind_until_it_is_answered(original, russian):
    publish(original, results="<p>97 schools.</p>", summary="New summary.")
    with override("en"):
        assert outdated_field_labels(again(russian)) == ["Summary", "Results"]
    with override("ru"):
        assert len(outdated_field_labels(again(russian))) == 2

    publish(russian, summary="Новое.")
    with override("en"):
        assert outdated_field_labels(again(russian)) == ["Results"]

    publish(original, results="<p>41 schools.</p>")
    assert outdated_field_labels(again(russian)) == []


def test_a_draft_of_the_original_or_formatting_leaves_nothing_behind(original, russian):
    draft = original.get_latest_revision_as_object()
    draft.results = "<p>Draft.</p>"
    draft.save_revision()
    assert outdated_field_labels(again(russian)) == []
    publish(original, results="<p><b>41</b> schools.</p>")
    assert outdated_field_labels(again(russian)) == []


def test_a_draft_of_the_translation_answers_nothing_yet(original, russian):
    publish(original, results="<p>97 schools.</p>")
    draft = again(russian).get_latest_revision_as_object()
    draft.results = "<p>97 школ.</p>"
    draft.save_revision()
    assert outdated_field_labels(again(russian)) == ["Results"]


def test_streams_are_compared_without_their_identifiers(original, russian):
    publish(original, sources=[("source", {"title": "Annual report", "publisher": "Ministry", "year": 2025})])
    assert outdated_field_labels(again(russian)) == []
    publish(original, sources=[("source", {"title": "Annual report", "publisher": "Ministry", "year": 2026})])
    assert outdated_field_labels(again(russian)) == ["Sources"]


def test_an_unpublished_original_says_nothing(original, russian):
    publish(original, results="<p>97 schools.</p>")
    again(original).unpublish()
    assert outdated_field_labels(again(russian)) == []
    publish(russian, results="<p>97 школ.</p>")
    again(original).save_revision().publish()
    assert outdated_field_labels(again(russian)) == ["Results"]


def test_ticking_off_says_that_all_is_up_to_date(admin_client, original, russian):
    publish(original, results="<p>97 schools.</p>", summary="New.")
    text = text_of(admin_client.get(edit_url(russian)))
    assert "Newer there: Summary, Results." in text

    form = admin_client.get(edit_url(russian)).context["form"]
    assert "up_to_date" in form.fields
    same = posted(**snapshot_data() | {"title": "Школы онлайн", "up_to_date": "on"})
    assert admin_client.post(edit_url(russian), same | loaded_from(russian)).status_code == 302
    assert outdated_field_labels(again(russian)) == ["Summary", "Results"]  # a draft so far

    publish(original, results="<p>98 schools.</p>")
    again(russian).get_latest_revision().publish()
    assert outdated_field_labels(again(russian)) == []  # the draft has changed its results with the form

    publish(original, summary="Newest.")
    publish(again(russian), place="Алматы")
    assert outdated_field_labels(again(russian)) == ["Summary"]  # an old tick is spent


def test_a_tick_holds_for_the_original_as_it_was_then(original, russian):
    publish(original, results="<p>97 schools.</p>")
    draft = again(russian).get_latest_revision_as_object()
    mark_up_to_date(draft)
    revision = draft.save_revision()
    publish(original, results="<p>98 schools.</p>")
    revision.publish()
    assert outdated_field_labels(again(russian)) == ["Results"]


def test_facts_of_a_translation_follow_the_published_original(original, russian):
    publish(
        original,
        status="completed",
        start_year=2019,
        countries=["KZ", "UZ"],
        themes=["e-resilience"],
        sdgs=["4"],
    )
    page = again(russian)
    assert (page.status, page.start_year) == ("completed", 2019)
    assert (codes(page.countries), codes(page.themes), codes(page.sdgs)) == (
        ["KZ", "UZ"],
        ["e-resilience"],
        ["4"],
    )
    assert (page.title, page.results) == ("Школы онлайн", "<p>41 школа.</p>")

    publish(original, sdgs=[])
    assert codes(again(russian).sdgs) == []
    publish(russian, title="Другое", status="pilot", sdgs=["1"])  # an old draft, or code, that says otherwise
    assert (again(russian).status, codes(again(russian).sdgs)) == ("completed", [])


def test_tags_and_address_follow_too(original, russian):
    draft = original.get_latest_revision_as_object()
    draft.tags.set(["teachers"])
    draft.slug = "schools"
    draft.save_revision().publish()
    page = again(russian)
    assert [tag.name for tag in page.tags.all()] == ["teachers"]
    assert page.url == "/ru/practices/kazakhstan/schools/"


def test_the_form_of_a_translation_has_texts_only(admin_client, original, russian):
    form = admin_client.get(edit_url(russian)).context["form"]
    assert "title" in form.fields
    assert "sources" in form.fields
    assert not {"countries", "themes", "status", "slug", "tags", "image"} & form.fields.keys()
    again(original).unpublish()
    assert "status" in admin_client.get(edit_url(russian)).context["form"].fields


def test_a_deleted_original_leaves_an_original(original, russian):
    original.delete()
    assert again(russian).is_original
    publish(russian, title="Школы")
    assert again(russian).is_original


def test_a_copy_is_a_practice_of_its_own(original, russian):
    copy = russian.copy(update_attrs={"slug": "copy"})
    assert copy.translation_key != russian.translation_key
    assert again(copy).is_original
    assert again(copy).source_fingerprints == {}
