"""What a cache is told with 200 it is told with 304 (RFC 9110, 15.4.5), of everything that has a validator."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import time_machine
from django.utils import timezone

from tests.accounts.showing import a_document, an_image, linked, urls
from tests.factories import a_focal_point, a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
# Date is the server's.
SAME = ("Cache-Control", "Content-Location", "ETag", "Expires", "Vary")
# Content-Length, which Django sets to 0, is left out by the server (tests/ops/test_buffered_worker.py).
OF_A_BODY = ("Content-Encoding", "Content-Language", "Content-Range", "Content-Type")
ENCODINGS = ("", "gzip", "gzip, br")


@pytest.fixture
def files(tree):
    """A picture and a document that everybody may see."""
    image, document = an_image(), a_document()
    a_practice(tree.section(), title="With files", image=image, image_alt="A", challenge=linked(document))
    return [*urls(image), document.url]


@pytest.fixture
def conditional(public, practice, files):
    """An address of each view that answers 304, and of some that share it."""
    record = f"/en/record/{practice.translation_key}"
    return [
        *public, *files,
        "/sitemap.xml", f"/sitemap-{practice.pk // 2000}.xml", "/robots.txt",
        "/en/search/feed/", "/ru/search/feed/?country=KZ", "/en/search/compare/", "/en/search/finder/", "/en/search/gaps/",
        "/en/search/gaps.csv", *(f"{record}/{name}" for name in ("citation.bib", "citation.ris", "citation.json")),
        f"{practice.get_url()}brief.pdf",
        "/api/v1/search?q=schools", f"/api/v1/records/{practice.translation_key}", "/api/v1/suggest?q=sc",
        "/api/v1/vocabularies", "/api/v1/collections", "/api/v1/openapi.json", "/api/v1/docs",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_304_says_what_200_says(client, conditional, encoding):
    accept = {"Accept-Encoding": encoding}
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        for path in conditional:
            full = client.get(path, headers=accept)
            full.getvalue()
            validators = {
                "If-None-Match": full.get("ETag"), "If-Modified-Since": full.get("Last-Modified")
            }  # fmt: skip
            given = {name: value for name, value in validators.items() if value}
            assert (full.status_code, bool(given)) == (200, True), path
            assert_well_formed(full, path)
            for name, value in given.items():
                for ask in (client.get, client.head):
                    unchanged = ask(path, headers=accept | {name: value})
                    assert unchanged.status_code == 304, (path, name)
                    assert cache_headers(unchanged) == cache_headers(full), (path, name)
                    assert not [header for header in OF_A_BODY if header in unchanged.headers], path


# Spellings of If-None-Match that name the tag W/{} or not (RFC 9110, 13.1.2: weak comparison).
NAMING = {
    "{0}": 304,
    "W/{0}": 304,
    '"a", {0}': 304,
    'W/"b",W/{0}': 304,
    "*": 304,
    " * ": 304,
    "w/{0}": 200,
    '"a"': 200,
    "": 200,
}


def test_a_tag_is_named_weak_or_not_alone_or_among_others(client, conditional):
    wrong = []
    for path in conditional:
        tag = client.get(path).headers["ETag"]
        for spelling, status in NAMING.items():
            answer = client.get(path, headers={"If-None-Match": spelling.format(tag.removeprefix("W/"))})
            if answer.status_code != status or answer.headers["ETag"] != tag:
                wrong.append((path, spelling, answer.status_code))
    assert wrong == []


def test_what_is_not_there_has_no_copy(client, practice):
    paths = {"/en/nowhere/": 404, "/api/v1/records/zz": 422, "/media/nothing.webp": 404, "/en/search": 301}
    for path, status in paths.items():
        assert client.get(path, headers={"If-None-Match": "*"}).status_code == status, path


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-0.xml"])
def test_the_sitemap_is_dated_by_the_last_change(client, practice, path):
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        first = client.get(path)
        dated = {"If-Modified-Since": first.headers["Last-Modified"]}
        assert first.headers["ETag"]
        assert client.get(path, headers=dated).status_code == 304
        a_practice(practice.get_parent(), title="Another")
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        after = client.get(path, headers=dated)
    assert (after.status_code, after.headers["ETag"] == first.headers["ETag"]) == (200, False)
    assert b"another" in after.content


def test_a_browser_reuses_nothing_unasked_of_what_who_signs_in_gets(client, conditional, practice, tree):
    """Not even by guessing from Last-Modified (RFC 9111, 4.2.2); what a view says itself stays."""
    pages = [*conditional, "/en/nowhere/", "/en/search", f"/p/{practice.translation_key}", "/api/v1/nothing"]
    anonymous = {path: client.get(path).headers.get("Cache-Control") for path in pages}
    client.force_login(a_focal_point(tree.section()), backend="accounts.backends.PortalBackend")
    signed_in = {path: client.get(path).headers.get("Cache-Control") for path in pages}
    files = ("/media/", "/documents/")
    assert {
        path for path, value in anonymous.items() if value != "no-cache" and not path.startswith(files)
    } == set()
    assert {
        path
        for path, value in signed_in.items()
        if value != "private, no-cache" and not path.startswith(files)
    } == set()
    form = client.get(f"/en/record/{practice.translation_key}/contact/")
    assert "no-store" in form.headers["Cache-Control"]


def cache_headers(answer):
    return {name: answer.headers[name] for name in SAME if name in answer.headers}


def assert_well_formed(answer, path):
    """What redbot complains of first."""
    headers = answer.headers
    if etag := headers.get("ETag"):
        assert etag.removeprefix("W/").startswith('"'), path
        assert etag.endswith('"'), path
    if modified := headers.get("Last-Modified"):
        assert parsedate_to_datetime(modified) <= timezone.now(), path
    vary = [name.strip().lower() for name in headers.get("Vary", "").split(",") if name]
    assert len(vary) == len(set(vary)), path
    assert "accept-encoding" in vary or "Content-Encoding" not in headers, path
    assert "Cache-Control" in headers, path
    assert headers["Content-Type"], path
    if not answer.streaming:
        assert int(headers["Content-Length"]) == len(answer.content), path
