"""Pages from memory: what a reader asks for again costs one query, and what is one person's is kept for nobody."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.sitemaps import PART_SIZE
from portal.middleware.pages import PARAMETERS_READ
from search.query import Query
from tests.factories import a_focal_point, a_practice

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nothing_kept"),
    pytest.mark.slow,
    pytest.mark.sqlite_suffices,
]

BROTLI = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


def test_what_is_asked_again_costs_one_query(client, public, django_assert_num_queries):
    for address in public:
        first = client.get(address)
        with django_assert_num_queries(1):
            again = client.get(address)
        assert (first.status_code, again.content) == (200, first.content), address
        assert again.headers["Content-Type"] == first.headers["Content-Type"]
        assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_browser_that_has_the_page_is_told_so(client, public, django_assert_num_queries):
    for address in public:
        tag = client.get(address).headers["ETag"]
        caches["pages"].clear()  # another process of the server, which never made it
        with django_assert_num_queries(1):
            answer = client.get(address, HTTP_IF_NONE_MATCH=tag)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert client.get(address, HTTP_IF_NONE_MATCH='W/"another"').status_code == 200


def test_each_encoding_and_language_is_kept_apart(client, practice):
    plain, compressed = client.get("/en/"), client.get("/en/", **BROTLI)
    assert compressed.headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert plain.headers["ETag"] != compressed.headers["ETag"]
    assert client.get("/en/").content == plain.content
    assert client.get("/en/", **BROTLI).content == compressed.content
    assert client.get("/ru/").content != plain.content
    assert client.get("/en/search/?q=schools").content != client.get("/en/search/?q=school").content


def test_asking_for_the_head_alone_keeps_no_empty_page(client, practice):
    assert client.head("/en/").headers["ETag"] == client.get("/en/").headers["ETag"]
    assert b"Schools online" in client.get("/en/").content


def test_who_is_signed_in_gets_no_kept_page(client, practice, tree):
    kept = client.get("/en/")
    client.force_login(a_focal_point(tree.section()), backend="accounts.backends.PortalBackend")
    own = client.get("/en/", HTTP_IF_NONE_MATCH=kept.headers["ETag"])
    assert (own.status_code, "ETag" in own.headers) == (200, False)


def token_in(answer) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    return page.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]


@pytest.mark.parametrize("name", ["contact", "report"])
def test_a_form_with_its_token_is_never_kept(client, practice, name):
    address = reverse(f"enquiries:{name}", args=[practice.translation_key])
    answers = [client.get(address), client.get(address)]
    tokens = {token_in(answer) for answer in answers}
    assert len(tokens) == 2
    for answer in answers:
        assert "no-store" in answer.headers["Cache-Control"]
        assert "ETag" not in answer.headers


def test_what_sets_a_cookie_is_never_kept(client, practice):
    """The page of a restriction asks for a password, with a token."""
    PageViewRestriction.objects.create(
        page=practice, restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
    )
    for answer in [client.get(practice.get_url()), client.get(practice.get_url())]:
        assert answer.cookies
        assert "ETag" not in answer.headers
        assert "Schools online" not in answer.content.decode()


def test_what_is_not_there_is_not_kept(client, tree, practice):
    address = "/en/practices/kazakhstan/late/"
    assert client.get(address).status_code == 404
    late = a_practice(tree.section(), title="Late", slug="late")
    assert client.get(address).status_code == 200
    late.unpublish()
    assert client.get(address).status_code == 410


def test_public_pages_hold_no_inline_script_or_style_and_nothing_of_the_reader(client, public):
    for address in [*public, "/en/nothing/here/"]:
        answer = client.get(address)
        page = BeautifulSoup(answer.content, "html.parser")
        assert not answer.cookies, address
        assert not page.find("input", attrs={"name": "csrfmiddlewaretoken"}), address
        assert_nothing_inline(answer, page)


@pytest.mark.parametrize("name", ["contact", "report"])
def test_forms_hold_no_inline_script_or_style(client, practice, name):
    answer = client.post(reverse(f"enquiries:{name}", args=[practice.translation_key]))
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.find(class_="notice--error")
    assert_nothing_inline(answer, page)


def assert_nothing_inline(answer, page: BeautifulSoup) -> None:
    policy = [directive.strip() for directive in answer.headers["Content-Security-Policy"].split(";")]
    assert {"default-src 'self'", "script-src 'self'", "style-src 'self'"} <= set(policy)
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    run = page.find_all("script", type=lambda kind: kind != "application/ld+json")  # data runs nowhere
    assert run
    assert all(script["src"].startswith("/static/") for script in run)
    assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]


def test_an_encoding_that_is_refused_is_not_taken_for_one_that_is_accepted(client, practice):
    """In either order: what is kept for one reader must suit the other."""
    refusing = {"HTTP_ACCEPT_ENCODING": "gzip;q=0, br; q=0.0"}
    for address in ("/en/", "/ru/"):
        asked = [refusing, BROTLI] if address == "/en/" else [BROTLI, refusing]
        told = {str(headers): client.get(address, **headers).headers for headers in asked}
        assert "Content-Encoding" not in told[str(refusing)]
        assert told[str(BROTLI)]["Content-Encoding"] == "br"


def test_what_a_view_does_not_read_makes_no_answer_anew(
    client, public, practice, django_assert_max_num_queries
):
    """`?x=1`, `?x=2` …: a PDF took a processor for a second each time. The versions of content and API are asked."""
    key = practice.translation_key
    ignoring = [
        f"{practice.get_url()}brief.pdf",
        f"/ru/record/{key}/citation.bib",
        "/en/search/feed/?country=KZ",
        "/sitemap.xml",
        f"/sitemap-{practice.pk // PART_SIZE}.xml",
        "/robots.txt",
        "/api/v1/openapi.json",
        "/api/v1/docs?lang=ru",
        practice.get_url(),
        "/en/",
    ]
    for address in ignoring:
        first = client.get(address)
        assert first.status_code == 200, address
        for odd in ("x=1", "x=%ff&y", "%D1%8F=2&x=1"):
            with django_assert_max_num_queries(2):
                again = client.get(f"{address}{'&' if '?' in address else '?'}{odd}")
            assert again.content == first.content, address
            assert again.headers["ETag"] == first.headers["ETag"], address


@pytest.mark.parametrize(
    "addresses",
    [
        ("/en/search/", "/en/search/?colour=red"),
        ("/en/search/feed/", "/en/search/feed/?country=KZ"),
        ("/en/search/feed/?tag=a", "/en/search/feed/?tag=%D1%8F"),
        ("/api/v1/docs", "/api/v1/docs?lang=ru"),
        ("/en/practices/", "/en/practices/?page=2"),
    ],
)
def test_what_a_view_reads_does(client, public, addresses):
    assert len({client.get(address).headers.get("ETag") for address in addresses}) == 2


def test_a_feed_is_kept_by_every_parameter_that_decides_what_is_in_it():
    every = Query(
        q="a",
        chosen=(("tag", ("a",)),),
        all_of=frozenset({"tag"}),
        year_from=2019,
        year_to=2020,
        synonyms=False,
    )
    assert {name for name, _ in every.to_pairs()} <= PARAMETERS_READ["exports:feed"]
