"""wagtail-localize itself, not a stand-in: what it copies from an original, in either direction."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from practices.models import PracticePage
from practices.translations import translation_of
from tests.factories import a_country, a_practice, a_superuser, a_theme
from tests.factories.editing import edit_url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def again(page: PracticePage) -> PracticePage:
    return PracticePage.objects.get(pk=page.pk)


def codes(terms) -> list[str]:
    return sorted(term.code for term in terms.all())


@pytest.fixture
def original(tree):
    return a_practice(tree.section(), title="Schools online", tags=["schools"])


def test_starting_a_translation_makes_a_draft_to_edit(admin_client, original):
    russian = Locale.objects.get(language_code="ru")
    address = reverse("wagtail_localize:submit_page_translation", args=(original.pk,))
    assert admin_client.post(address, {"locales": [russian.pk]}).status_code == 302

    page = translation_of(original, "ru")
    assert not page.live
    assert not page.is_original
    assert page.slug == original.slug
    assert "form" in admin_client.get(edit_url(page)).context
    assert not Translation.objects.get().enabled


def test_from_russian_to_english(tree):
    first = a_practice(tree.section("tajikistan", "ru"), title="Школы онлайн", tags=["школы"])
    translate_object(first, [Locale.objects.get(language_code="en")], user=a_superuser())
    page = translation_of(first, "en")
    assert page.get_parent().pk == tree.section("tajikistan").pk
    assert (codes(page.countries), codes(page.themes)) == (["TJ"], ["digital-connectivity"])
    assert [tag.name for tag in page.tags.all()] == ["школы"]


def test_what_is_not_text_is_synchronised(original, django_capture_on_commit_callbacks):
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
    _translate(source, "Schools online", "Школы онлайн")
    with django_capture_on_commit_callbacks(execute=True):
        page, created = source.create_or_update_translation(russian, fallback=True, publish=True)
    page = again(page)
    assert not created
    assert page.live
    assert (page.title, page.status, page.slug) == ("Школы онлайн", "scaled", "schools-online")
    assert (codes(page.countries), codes(page.themes)) == (["KZ", "UZ"], ["e-resilience"])
    assert [tag.name for tag in page.tags.all()] == ["teachers"]
    assert [tag.name for tag in again(original).tags.all()] == ["teachers"]
    assert page.sources[0].value["title"] == "Annual report"
    assert page.contacts[0].value["email"] == "office@example.org"


def _translate(source, text, translated):
    segment = source.stringsegment_set.get(string__data=text)
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=Locale.objects.get(language_code="ru"),
        data=translated,
    )
