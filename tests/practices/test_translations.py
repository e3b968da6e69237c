"""A practice in two languages: facts from the original, parts that are behind, and who may translate."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from practices.models import PracticePage
from practices.translations import original_of, parts_behind, tick_off, translation_of
from tests.factories import a_country, a_practice, a_superuser, a_theme, a_translation, publish
from tests.factories.editing import edit_url, loaded_from, posted, snapshot_data

pytestmark = pytest.mark.django_db


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
    assert first.is_original and not english.is_original
    assert english.url == "/en/practices/kazakhstan/shkoly-onlayn/"
    publish(first, results="<p>Новое.</p>")
    with override("en"):
        assert parts_behind(again(english)) == ["Results"]


def test_a_new_translation_is_behind_in_nothing(russian):
    assert parts_behind(russian) == []


def test_a_changed_original_leaves_the_part_behind_until_it_is_answered(original, russian):
    publish(original, results="<p>97 schools.</p>", summary="New summary.")
    with override("en"):
        assert parts_behind(again(russian)) == ["Summary", "Results"]
    with override("ru"):
        assert len(parts_behind(again(russian))) == 2

    publish(russian, summary="Новое.")
    with override("en"):
        assert parts_behind(again(russian)) == ["Results"]

    publish(original, results="<p>41 schools.</p>")
    assert parts_behind(again(russian)) == []


def test_a_draft_of_the_original_or_formatting_leaves_nothing_behind(original, russian):
    draft = original.get_latest_revision_as_object()
    draft.results = "<p>Draft.</p>"
    draft.save_revision()
    assert parts_behind(again(russian)) == []
    publish(original, results="<p><b>41</b> schools.</p>")
    assert parts_behind(again(russian)) == []


def test_a_draft_of_the_translation_answers_nothing_yet(original, russian):
    publish(original, results="<p>97 schools.</p>")
    draft = again(russian).get_latest_revision_as_object()
    draft.results = "<p>97 школ.</p>"
    draft.save_revision()
    assert parts_behind(again(russian)) == ["Results"]


def test_streams_are_compared_without_their_identifiers(original, russian):
    publish(original, sources=[("source", {"title": "Annual report", "publisher": "Ministry", "year": 2025})])
    assert parts_behind(again(russian)) == []
    publish(original, sources=[("source", {"title": "Annual report", "publisher": "Ministry", "year": 2026})])
    assert parts_behind(again(russian)) == ["Sources"]


def test_an_unpublished_original_says_nothing(original, russian):
    publish(original, results="<p>97 schools.</p>")
    again(original).unpublish()
    assert parts_behind(again(russian)) == []
    publish(russian, results="<p>97 школ.</p>")
    again(original).save_revision().publish()
    assert parts_behind(again(russian)) == ["Results"]


def test_ticking_off_says_that_all_is_up_to_date(admin_client, original, russian):
    publish(original, results="<p>97 schools.</p>", summary="New.")
    html = admin_client.get(edit_url(russian)).content.decode()
    assert "Newer there: Summary, Results." in html

    form = admin_client.get(edit_url(russian)).context["form"]
    assert "up_to_date" in form.fields
    same = posted(**snapshot_data() | {"title": "Школы онлайн", "up_to_date": "on"})
    assert admin_client.post(edit_url(russian), same | loaded_from(russian)).status_code == 302
    assert parts_behind(again(russian)) == ["Summary", "Results"]  # a draft so far

    publish(original, results="<p>98 schools.</p>")
    again(russian).get_latest_revision().publish()
    assert parts_behind(again(russian)) == []  # the draft has changed its results with the form

    publish(original, summary="Newest.")
    publish(again(russian), place="Алматы")
    assert parts_behind(again(russian)) == ["Summary"]  # an old tick is spent


def test_a_tick_holds_for_the_original_as_it_was_then(original, russian):
    publish(original, results="<p>97 schools.</p>")
    draft = again(russian).get_latest_revision_as_object()
    tick_off(draft)
    revision = draft.save_revision()
    publish(original, results="<p>98 schools.</p>")
    revision.publish()
    assert parts_behind(again(russian)) == ["Results"]


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
    assert "title" in form.fields and "sources" in form.fields
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


class TestWithLocalize:
    """wagtail-localize itself, not a stand-in."""

    def test_starting_a_translation_makes_a_draft_to_edit(self, admin_client, original):
        russian = Locale.objects.get(language_code="ru")
        address = reverse("wagtail_localize:submit_page_translation", args=(original.pk,))
        assert admin_client.post(address, {"locales": [russian.pk]}).status_code == 302

        page = translation_of(original, "ru")
        assert not page.live
        assert not page.is_original
        assert page.slug == original.slug
        assert "form" in admin_client.get(edit_url(page)).context
        assert not Translation.objects.get().enabled

    def test_from_russian_to_english(self, tree):
        first = a_practice(tree.section("tajikistan", "ru"), title="Школы онлайн", tags=["школы"])
        translate_object(first, [Locale.objects.get(language_code="en")], user=a_superuser())
        page = translation_of(first, "en")
        assert page.get_parent().pk == tree.section("tajikistan").pk
        assert (codes(page.countries), codes(page.themes)) == (["TJ"], ["digital-connectivity"])
        assert [tag.name for tag in page.tags.all()] == ["школы"]

    def test_what_is_not_text_is_synchronised(self, original, django_capture_on_commit_callbacks):
        russian = Locale.objects.get(language_code="ru")
        source, _ = TranslationSource.get_or_create_from_instance(original)
        page, created = source.create_or_update_translation(russian, fallback=True, publish=False)
        assert created

        original.sdgs = []
        original.countries = [a_country("KZ"), a_country("UZ")]
        original.themes = [a_theme("e-resilience")]
        original.tags.set(["teachers"])
        original.status = "scaled"
        original.save_revision().publish()
        source.update_from_db()
        self._translate(source, "Schools online", "Школы онлайн")
        with django_capture_on_commit_callbacks(execute=True):
            page, created = source.create_or_update_translation(russian, fallback=True, publish=True)
        page = again(page)
        assert not created and page.live
        assert (page.title, page.status, page.slug) == ("Школы онлайн", "scaled", "schools-online")
        assert (codes(page.countries), codes(page.themes)) == (["KZ", "UZ"], ["e-resilience"])
        assert [tag.name for tag in page.tags.all()] == ["teachers"]
        assert [tag.name for tag in again(original).tags.all()] == ["teachers"]
        assert page.sources[0].value["title"] == "Annual report"
        assert page.contacts[0].value["email"] == "office@example.org"

    @staticmethod
    def _translate(source, text, translated):
        segment = source.stringsegment_set.get(string__data=text)
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=Locale.objects.get(language_code="ru"),
            data=translated,
        )
