"""No picture or document of a draft, of what was taken back or of what is guarded leaves the portal; what readers see does."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, ReferenceIndex

from core.file_uses import record_all_file_uses
from core.models import FileUse
from curation.models import CollectionIndexPage, CollectionPage
from home.models import PlainPage
from practices.models import PracticePage
from tests.accounts.showing import a_document, an_image, figure, hidden, linked, open_to_all, statuses, urls
from tests.factories import a_focal_point, a_practice, a_translation, a_user, publish

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]


WAYS = {
    "field": lambda image, document: {"image": image, "image_alt": "A", "challenge": linked(document)},
    "stream": lambda image, document: {"approach": [*figure(image), ("text", linked(document))]},
    "rich text": lambda image, document: {
        "results": f'<embed embedtype="image" id="{image.pk}" format="left" alt=""/>{linked(document)}'
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_live_page_shows_is_everybodys_until_it_is_not(section, way):
    image, document = an_image(), a_document()
    page = a_practice(section, live=False, **WAYS[way](image, document))
    assert hidden(image)
    assert hidden(document)

    page = publish(page)
    assert open_to_all(image)
    assert open_to_all(document)

    page.unpublish()
    assert hidden(image)
    assert hidden(document)

    page = publish(page)
    guard = PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert hidden(image)
    assert hidden(document)
    guard.delete()
    assert open_to_all(image)
    assert open_to_all(document)

    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="groups")
    for file in (image, document):
        file.collection = private
        file.save()
    assert hidden(image)
    assert statuses(document) == {302}  # as Wagtail asks to sign in
    CollectionViewRestriction.objects.all().delete()
    assert open_to_all(image)
    assert open_to_all(document)

    page.delete()
    assert hidden(image)
    assert hidden(document)


def test_a_draft_of_a_live_page_neither_shows_nor_hides(section):
    """Wagtail's reference index has what the newest draft has, too."""
    shown, drafted, document = an_image("shown"), an_image("drafted"), a_document()
    page = a_practice(section, image=shown, image_alt="A")
    draft = page.get_latest_revision_as_object()
    draft.image, draft.challenge = drafted, linked(document)
    draft.save_revision()
    assert open_to_all(shown)
    assert hidden(drafted)
    assert hidden(document)

    publish(page)
    assert hidden(shown)
    assert open_to_all(drafted)
    assert open_to_all(document)


def test_a_file_in_a_draft_counts_as_used_and_who_deletes_it_is_told(section, admin_client):
    image, document, published = an_image("drafted"), a_document(), an_image("published")
    page = a_practice(section, image=published, image_alt="A")
    draft = page.get_latest_revision_as_object()
    draft.image, draft.challenge = image, linked(document)
    draft.save_revision()
    for file in (image, document, published):
        kind = "image" if file is not document else "document"
        assert [of.pk for of, _ in file.get_usage()] == [page.pk], file.title
        address = reverse("wagtailimages:delete" if kind == "image" else "wagtaildocs:delete", args=[file.pk])
        assert f"This {kind} is referenced 1 time." in admin_client.get(address).content.decode()
        assert page.title in admin_client.get(file.usage_url).content.decode()
    page.refresh_from_db()
    page.save()
    assert image.get_usage().count() == 1, "a row that is saved again takes nothing from the draft"
    page.get_latest_revision_as_object().save_revision()
    ReferenceIndex.objects.all().delete()
    # As setup_portal does, on a database of before.
    call_command("note_file_uses", if_needed=True, verbosity=0)
    assert image.get_usage().count() == document.get_usage().count() == 1
    newer = PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    newer.image = published
    newer.save_revision()
    assert not image.get_usage().count()
    assert document.get_usage().count() == 1


def test_a_file_that_no_page_shows_is_nobodys(section):
    assert hidden(an_image())
    assert hidden(a_document())


def test_a_translation_shows_what_it_shares_with_an_original_that_was_taken_back(section):
    image, own = an_image(), an_image("own")
    page = a_practice(section, image=image, image_alt="A")
    a_translation(page, approach=figure(own))
    page.unpublish()
    assert open_to_all(image)
    assert open_to_all(own)


def test_facts_taken_over_by_a_translation_count_without_its_publication(section):
    page = a_practice(section)
    translation = a_translation(page)
    image = an_image()
    publish(page, image=image, image_alt="A")
    PracticePage.objects.get(pk=translation.pk).save(clean=False)
    PracticePage.objects.get(pk=page.pk).unpublish()
    assert PracticePage.objects.get(pk=translation.pk).image == image
    assert open_to_all(image)


def test_other_kinds_of_pages_count_too(tree):
    cover, inside = an_image("cover"), an_image("inside")
    home = tree.homes["en"]
    index = home.add_child(
        instance=CollectionIndexPage(title="Collections", slug="collections", locale=home.locale)
    )
    index.add_child(instance=CollectionPage(title="Best", slug="best", image=cover, locale=home.locale))
    home.add_child(instance=PlainPage(title="About", slug="about", body=figure(inside), locale=home.locale))
    assert open_to_all(cover)
    assert open_to_all(inside)


def test_drafts_pictures_are_for_who_works_on_them(section, tree):
    own = Collection.get_first_root_node().add_child(name="Own")
    image, document = an_image(collection=own), a_document(collection=own)
    a_practice(section, live=False, image=image, image_alt="A", challenge=linked(document))
    author, neighbour = a_focal_point(section), a_focal_point(tree.section("tajikistan"))
    expected = {author: {200}, neighbour: {404}, a_user(): {404}}
    for user, answers in expected.items():
        client = Client()
        client.force_login(user, backend="accounts.backends.PortalBackend")
        assert statuses(image, client) == statuses(document, client) == answers
    client.force_login(author, backend="accounts.backends.PortalBackend")
    for url in urls(image) + urls(document):
        assert client.get(url).headers["Cache-Control"] == "private, no-store"


def test_the_uses_of_before_are_found_by_setup(section):
    image, document = an_image(), a_document()
    a_practice(section, image=image, image_alt="A", challenge=linked(document))
    gone = a_document("gone")
    a_practice(section, challenge=linked(gone))
    get_document_model().objects.filter(pk=gone.pk).delete()
    expected = set(FileUse.objects.values_list("page", "image", "document"))
    assert len(expected) == 2
    FileUse.objects.all().delete()
    assert hidden(image)

    call_command("note_file_uses", if_needed=True, verbosity=0)

    assert set(FileUse.objects.values_list("page", "image", "document")) == expected
    assert record_all_file_uses() == 2
    assert open_to_all(image)
