"""How files are served: to readers of a protected page or a secret link, by names that nobody guesses, in few queries."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.models import Rendition
from wagtail.models import PageViewRestriction

from core.pictures import storage
from practices.models import PracticePage, ReviewLink
from tests.accounts.showing import SIZES, a_document, an_image, figure, hidden, linked, statuses, urls
from tests.factories import a_practice, a_superuser
from tests.factories.pictures import a_file

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.sqlite_suffices,
]


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
    assert len(names) == 6
    assert all(storage.is_secret_name(name) for name in names)
    image = get_image_model().objects.get(pk=first.pk)
    image.renditions.all().delete()
    assert not names & {image.get_rendition(size).file.name for size in SIZES}


def test_browsers_may_keep_what_is_public(client, section):
    image, document = an_image(), a_document()
    a_practice(section, image=image, image_alt="A", challenge=linked(document))
    for url, keep in ((urls(image)[0], "public, max-age=600"), (document.url, "public, no-cache")):
        answer = client.get(url, headers={"Accept-Encoding": "br, gzip"})
        assert answer.headers["Cache-Control"] == keep
        assert answer.getvalue()
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies
        again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert again.headers["Cache-Control"] == keep
        assert client.head(url).status_code == 200
        assert client.post(url).status_code == 405
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
