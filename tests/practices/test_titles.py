"""The title of a collection or a plain page that is still the original's is not taken for a translation."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.models import PlainPage
from tests.factories import publish
from tests.factories.collections import a_collection

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]


@pytest.fixture(params=["collection", "plain page"])
def make(request, tree):
    """make(title) gives the Russian draft of a published English page of that title."""

    def translated(title):
        if request.param == "collection":
            page = a_collection(tree, title, [], slug="any")
        else:
            home = type(tree.homes["en"]).objects.get(pk=tree.homes["en"].pk)
            page = publish(home.add_child(instance=PlainPage(title=title, slug="any", locale=home.locale)))
        return page.copy_for_translation(Locale.objects.get(language_code="ru"), copy_parents=True)

    return translated


def edited(client, page, action, **fields):
    data = {
        "title": page.title,
        "slug": page.slug,
        "intro": "",
        "question": "",
        "featured_order": "0",
        "body": streamfield([]),
        "items": inline_formset([]),
        "comments": inline_formset([]),
        action: "1",
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(data | fields))


def live(page):
    return type(page).objects.get(pk=page.pk).live


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_the_originals_title_is_asked_about(admin_client, make, action):
    page = make("About the portal")
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Not translated yet: the title" in shown
    answer = edited(admin_client, page, action)
    assert answer.status_code == 200
    assert "title" in answer.context["form"].errors
    assert "is still the title of the original" in answer.content.decode()
    assert not live(page)
    assert edited(admin_client, page, "action-save").status_code == 302  # a draft may be unfinished


@pytest.mark.parametrize("fields", [{"title": "О портале"}, {"same_title": "on"}])
def test_a_translated_one_or_one_that_is_meant_is_taken(admin_client, make, fields):
    page = make("About the portal")
    assert edited(admin_client, page, "action-publish", **fields).status_code == 302
    assert live(page)


@pytest.mark.parametrize("title", ["2030", "ЕСКАТО", "ESCAP"])
def test_a_title_without_words_of_the_originals_language_is_not_asked_about(admin_client, make, title):
    page = make(title)
    assert (
        "Not translated yet"
        not in admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
    edited(admin_client, page, "action-publish")
    assert live(page)


def test_nor_is_it_published_with_many(admin_client, make):
    page = make("About the portal")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    told = admin_client.post(f"{address}?next=/admin/&id={page.pk}", follow=True).content.decode()
    assert "Not complete enough for that: About the portal" in told
    assert not live(page)


def test_nor_by_the_editor_of_segments(admin_client, tree, django_capture_on_commit_callbacks):
    page = a_collection(tree, "About the portal", [], intro="What it is.")
    russian = Locale.objects.get(language_code="ru")
    for original in (page.get_parent().specific, page):
        source, _ = TranslationSource.update_or_create_from_instance(original)
        made = Translation.objects.create(source=source, target_locale=russian)
        made.save_target(publish=original != page)
    translated = page.get_translation(russian)
    edit = reverse("wagtailadmin_pages:edit", args=[translated.pk])
    with django_capture_on_commit_callbacks(execute=True):
        told = admin_client.post(edit, {"action": "publish"}, follow=True)
    assert "the title is not translated yet" in " ".join(map(str, told.context["messages"]))
    assert not live(translated)
    segment = source.stringsegment_set.get(context__path="title")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=russian, data="О портале"
    )
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(edit, {"action": "publish"})
    assert live(translated)
    assert translated.specific_class.objects.get(pk=translated.pk).title == "О портале"
