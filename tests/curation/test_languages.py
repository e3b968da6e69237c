"""A collection in its languages: the picks, their order and place are shared, texts and notes are not."""

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource

from curation.models import CollectionPage
from tests.factories import a_practice
from tests.factories.collections import a_collection
from tests.factories.editing import edit_url
from tests.factories.translating import russian_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def collections(tree):
    """A collection of two practices in both languages."""
    schools, mesh = (a_practice(tree.section(), title=title) for title in ("Schools", "Mesh"))
    english = a_collection(tree, "Connected", [(schools, "Cheap."), (mesh, "Quick.")], featured_order=1)
    russian = russian_of(english)
    for item in russian.items.all():
        item.note = {"Cheap.": "Дёшево.", "Quick.": "Быстро."}[item.note]
        item.save()
    russian = CollectionPage.objects.get(pk=russian.pk)
    russian.save_revision().publish()
    return english, russian, schools, mesh


def picks(page):
    return [(item.practice.title, item.note) for item in CollectionPage.objects.get(pk=page.pk).items.all()]


def change(english, *picked, **fields):
    draft = CollectionPage.objects.get(pk=english.pk).get_latest_revision_as_object()
    items = {item.practice.title: item for item in draft.items.all()}
    for place, title in enumerate(picked):
        items[title].sort_order = place
    draft.items = [items[title] for title in picked]
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision().publish()


def test_order_and_place_of_a_collection_are_the_same_in_all_languages(tree, collections):
    english, russian, _schools, _mesh = collections
    change(english, "Mesh", "Schools", featured=True, featured_order=7, question="country=KZ", slug="linked")
    found = CollectionPage.objects.get(pk=russian.pk)
    assert (found.featured, found.featured_order, found.question, found.slug) == (
        True,
        7,
        "country=KZ",
        "linked",
    )
    assert picks(russian) == [("Mesh", "Быстро."), ("Schools", "Дёшево.")]
    russian.get_latest_revision().publish()  # a draft of before does not bring the old order back
    assert picks(russian) == [("Mesh", "Быстро."), ("Schools", "Дёшево.")]
    change(english, "Mesh")
    assert picks(russian) == [("Mesh", "Быстро.")]


def test_a_new_pick_has_no_note_in_the_wrong_language(tree, collections):
    english, russian, *_ = collections
    roads = a_practice(tree.section(), title="Roads")
    draft = CollectionPage.objects.get(pk=english.pk).get_latest_revision_as_object()
    draft.items = [
        *draft.items.all(),
        type(draft.items.all()[0])(practice=roads, note="New.", sort_order=5, locale=english.locale),
    ]
    draft.save_revision().publish()
    assert picks(russian)[-1] == ("Roads", "")


def test_the_editor_of_a_translation_has_texts_only(admin_client, collections):
    english, russian, *_ = collections
    page = admin_client.get(edit_url(russian))
    assert not {"featured", "featured_order", "question", "image"} & page.context["form"].fields.keys()
    assert "are those of “Connected” (English)" in page.content.decode()
    assert "featured" in admin_client.get(edit_url(english)).context["form"].fields


def test_sync_translated_pages_does_what_it_says(admin_client, collections):
    english, russian, *_ = collections
    source, _ = TranslationSource.update_or_create_from_instance(english)
    Translation.objects.create(source=source, target_locale=russian.locale)
    CollectionPage.objects.filter(pk=russian.pk).update(featured_order=99)  # as older portals have left it
    address = reverse("wagtail_localize:update_translations", args=(source.pk,))
    assert "Successfully updated" in admin_client.post(address, {}, follow=True).content.decode()
    assert CollectionPage.objects.get(pk=russian.pk).featured_order == 1
