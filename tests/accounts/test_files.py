"""No picture or document of a draft, of what was taken back or of what is guarded leaves the portal; what readers see does."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import Rendition
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, ReferenceIndex

from core.file_uses import note_all
from core.models import FileUse
from core.pictures import storage
from curation.models import CollectionIndexPage, CollectionPage
from home.models import PlainPage
from practices.models import PracticePage, ReviewLink
from tests.factories import a_focal_point, a_practice, a_superuser, a_translation, a_user, publish
from tests.factories.pictures import a_file, a_picture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
SIZES = ["width-960|format-webp", "width-960|format-jpeg", "max-165x165"]


@pytest.fixture
def section(tree):
    return tree.section("kazakhstan")


def an_image(name="photo", collection=None):
    root = collection or Collection.get_first_root_node()
    content = ContentFile(a_file("jpg", a_picture()), name=f"{name}.jpg")
    return get_image_model().objects.create(title=name, file=content, collection=root)


def a_document(name="paper", collection=None):
    root = collection or Collection.get_first_root_node()
    content = ContentFile(b"%PDF-1.4 secret", name=f"{name}.pdf")
    return get_document_model().objects.create(title=name, file=content, collection=root)


def urls(file):
    """All URLs that a picture's sizes or a document have."""
    return (
        [file.url]
        if hasattr(file, "content_disposition")
        else [file.get_rendition(size).url for size in SIZES]
    )


def statuses(file, client=None):
    return {(client or Client()).get(url).status_code for url in urls(file)}


def open_to_all(file):
    return statuses(file) == {200}


def hidden(file):
    return statuses(file) == {404}


def figure(image):
    return [("picture", {"image": image, "alt": "A", "caption": "", "credit": ""})]


def linked(document):
    return f'<p><a linktype="document" id="{document.pk}">Report</a></p>'


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
    assert hidden(image) and hidden(document)

    page = publish(page)
    assert open_to_all(image) and open_to_all(document)

    page.unpublish()
    assert hidden(image) and hidden(document)

    page = publish(page)
    guard = PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert hidden(image) and hidden(document)
    guard.delete()
    assert open_to_all(image) and open_to_all(document)

    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="groups")
    for file in (image, document):
        file.collection = private
        file.save()
    assert hidden(image) and statuses(document) == {302}  # as Wagtail asks to sign in
    CollectionViewRestriction.objects.all().delete()
    assert open_to_all(image) and open_to_all(document)

    page.delete()
    assert hidden(image) and hidden(document)


def test_a_draft_of_a_live_page_neither_shows_nor_hides(section):
    """Wagtail's reference index has what the newest draft has, too."""
    shown, drafted, document = an_image("shown"), an_image("drafted"), a_document()
    page = a_practice(section, image=shown, image_alt="A")
    draft = page.get_latest_revision_as_object()
    draft.image, draft.challenge = drafted, linked(document)
    draft.save_revision()
    assert open_to_all(shown) and hidden(drafted) and hidden(document)

    publish(page)
    assert hidden(shown) and open_to_all(drafted) and open_to_all(document)


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
    assert not image.get_usage().count() and document.get_usage().count() == 1


def test_a_file_that_no_page_shows_is_nobodys(section):
    assert hidden(an_image()) and hidden(a_document())


def test_a_translation_shows_what_it_shares_with_an_original_that_was_taken_back(section):
    image, own = an_image(), an_image("own")
    page = a_practice(section, image=image, image_alt="A")
    a_translation(page, approach=figure(own))
    page.unpublish()
    assert open_to_all(image) and open_to_all(own)


def test_facts_taken_over_by_a_translation_count_without_its_publication(section):
    page = a_practice(section)
    translation = a_translation(page)
    image = an_image()
    publish(page, image=image, image_alt="A")
    PracticePage.objects.get(pk=translation.pk).save(clean=False)
    PracticePage.objects.get(pk=page.pk).unpublish()
    assert PracticePage.objects.get(pk=translation.pk).image == image and open_to_all(image)


def test_other_kinds_of_pages_count_too(tree):
    cover, inside = an_image("cover"), an_image("inside")
    home = tree.homes["en"]
    index = home.add_child(
        instance=CollectionIndexPage(title="Collections", slug="collections", locale=home.locale)
    )
    index.add_child(instance=CollectionPage(title="Best", slug="best", image=cover, locale=home.locale))
    home.add_child(instance=PlainPage(title="About", slug="about", body=figure(inside), locale=home.locale))
    assert open_to_all(cover) and open_to_all(inside)


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


def test_who_has_a_pages_password_sees_its_pictures(client, section):
    image = an_image()
    page = a_practice(section, image=image, image_alt="A")
    guard = PageViewRestriction.objects.create(page=page, restriction_type="password", password="open sesame")
    assert hidden(image)
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = [guard.pk]
    session.save()
    assert statuses(image, client) == {200}
    assert client.get(urls(image)[0]).headers["Cache-Control"] == "private, no-store"


def test_who_reads_a_draft_by_a_secret_link_sees_its_pictures(section, monkeypatch):
    image, inside = an_image(), an_image("inside")
    page = a_practice(section, live=False, image=image, image_alt="A", approach=figure(inside))
    link = ReviewLink.objects.create(
        page=PracticePage.objects.get(pk=page.pk),
        created_by=a_superuser(),
        expires=timezone.now() + timedelta(days=1),
    )
    html = Client().get(link.get_absolute_url()).content
    sources = [tag["src"] for tag in BeautifulSoup(html, "html.parser").select("main img")]
    assert len(sources) == 2
    for source in sources:
        assert Client().get(source).status_code == 200
        assert Client().get(source).headers["Cache-Control"] == "private, no-store"
        assert Client().get(source.partition("?")[0]).status_code == 404
        assert Client().get(source.replace("signed=", "signed=x")).status_code == 404
    assert Client().get(urls(image)[1] + "?" + sources[0].partition("?")[2]).status_code == 404
    monkeypatch.setattr(storage, "SECONDS_SIGNED", -1)
    assert Client().get(sources[0]).status_code == 404


def test_originals_old_names_and_other_folders_are_there_for_nobody(admin_client, section):
    image, document = an_image(), a_document()
    a_practice(section, image=image, image_alt="A", challenge=linked(document))
    old = "images/photo.width-960.jpg"
    Rendition._meta.get_field("file").storage._save(old, ContentFile(a_file("jpg")))  # as it was named before
    image.renditions.create(filter_spec="width-1", file=old)
    rendition = urls(image)[0]
    names = [
        image.file.name, document.file.name, old, "images/", "", "original_images/",
        "images/../" + image.file.name, "images/" + "0" * 32 + ".jpg", rendition.removeprefix("/media/") + "x",
        f"images/x.{'0' * 32}.jpg", "wagtail_uploads/photo.jpg",
    ]  # fmt: skip
    for client in (Client(), admin_client):
        for name in names:
            assert client.get(f"/media/{name}").status_code == 404, name
        for other in (
            f"/documents/{document.pk}/other.pdf",
            f"/documents/{'9' * 30}/paper.pdf",
            "/documents/",
        ):
            assert client.get(other).status_code == 404, other
    assert admin_client.get(rendition).status_code == 200


def test_names_cannot_be_guessed(section):
    first, second = an_image(), an_image()
    names = {rendition.file.name for file in (first, second) for rendition in map(file.get_rendition, SIZES)}
    assert len(names) == 6 and all(storage.is_secret_name(name) for name in names)
    image = get_image_model().objects.get(pk=first.pk)
    image.renditions.all().delete()
    assert not names & {image.get_rendition(size).file.name for size in SIZES}


def test_browsers_may_keep_what_is_public(client, section):
    image, document = an_image(), a_document()
    a_practice(section, image=image, image_alt="A", challenge=linked(document))
    for url, keep in ((urls(image)[0], "public, max-age=600"), (document.url, "public, no-cache")):
        answer = client.get(url, headers={"Accept-Encoding": "br, gzip"})
        assert answer.headers["Cache-Control"] == keep and answer.getvalue()
        assert "Cookie" not in answer.headers.get("Vary", "") and not answer.cookies
        again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304 and again.headers["Cache-Control"] == keep
        assert client.head(url).status_code == 200 and client.post(url).status_code == 405
    assert client.get(urls(image)[0]).headers["Content-Type"] == "image/webp"
    assert client.get(document.url).headers["Content-Disposition"] == "inline"


def test_a_picture_takes_few_queries_and_a_list_none_for_it(client, section, tree):
    for number in range(3):
        a_practice(section, title=f"With picture {number}", image=an_image(f"p{number}"), image_alt="A")
    url = urls(get_image_model().objects.first())[0]
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    assert len(queries) == 2  # the version, and the rendition with its image
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/practices/kazakhstan/")
    assert not [query for query in queries if "core_fileuse" in query["sql"] or "rendition" in query["sql"]]


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
    assert note_all() == 2 and open_to_all(image)
