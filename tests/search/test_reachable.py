"""Every URL that search, feed, collection, breadcrumb or language switch gives answers, whatever became of the sections."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from lxml import etree
from wagtail.models import Page

from tests.factories import a_practice, a_translation
from tests.factories.collections import a_collection

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
LANGUAGES = ["en", "ru"]
LINKS = (
    "main a[href], nav.crumbs a[href], link[rel=alternate][hreflang], .languages a[href], header a[hreflang]"
)


@pytest.fixture
def practices(tree):
    both = a_practice(tree.section(), title="Schools online")
    a_translation(both, title="Школы онлайн")
    english = a_practice(tree.section(), title="Only in English")
    a_practice(tree.section("kazakhstan", "ru"), title="Только русская")
    return a_collection(tree, "Connected", [(both, ""), (english, "")])


def answers(client, url):
    path = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
    return client.get(path, follow=True)


def links(response):
    found = BeautifulSoup(response.content, "html.parser").select(LINKS)
    return {link["href"] for link in found if is_page(link["href"])}


def is_page(url):
    """Whether it is one of the portal's pages: not a file of the search, which asks for a slot of its own, nor a licence's."""
    return url.startswith(("/en/", "/ru/", settings.SITE_ADDRESS)) and "/export" not in url


def given_to_readers(client, language, collection):
    results = client.get(f"/{language}/search/")
    feed = etree.fromstring(client.get(f"/{language}/search/feed/").content)
    listed = links(results) | links(answers(client, collection.url))
    return listed | set(filter(is_page, feed.xpath("//*[local-name()='entry']/*[local-name()='link']/@href")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "change", ["section unpublished", "index unpublished", "section deleted", "index deleted"]
)
def test_every_url_that_readers_are_given_answers(client, tree, practices, change, language):
    what, done = change.split()
    page = tree.indexes[language] if what == "index" else tree.section("kazakhstan", language)
    page = Page.objects.get(pk=page.pk).specific
    page.unpublish() if done == "unpublished" else page.delete()
    seen, dead = set(), set()
    for reader in LANGUAGES:
        for url in given_to_readers(client, reader, practices) - seen:
            seen.add(url)
            response = answers(client, url)
            if response.status_code != 200:
                dead.add(url)
            elif "/practices/" in url:
                further = links(response) - seen
                seen |= further
                dead |= {(url, link) for link in further if answers(client, link).status_code != 200}
    assert not dead
    left = "Only in English" if (done, language) != ("deleted", "en") else "Только русская"
    paths = [urlsplit(url).path for url in seen if isinstance(url, str)]
    slug = Page.objects.get(title=left).slug
    for code in LANGUAGES:
        assert f"/{code}/practices/kazakhstan/{slug}/" in paths


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("done", ["unpublished", "deleted"])
def test_the_address_of_a_page_that_is_gone_in_one_language_leads_to_the_other(
    client, tree, practices, done, language
):
    """Of an index, of a section, of a collection and of the index of these."""
    other = next(code for code in LANGUAGES if code != language)
    homes = {code: Page.objects.get(pk=tree.homes[code].pk).specific for code in LANGUAGES}
    gone = [page.get_url() for page in homes[language].get_descendants().live().specific() if page.get_url()]
    gone = [
        url for url in gone if client.get(url.replace(f"/{language}/", f"/{other}/", 1)).status_code == 200
    ]
    for page in homes[language].get_children().specific():
        page.unpublish() if done == "unpublished" else page.delete()
    assert len(gone) > 3
    for url in gone:
        response = client.get(url, follow=True)
        assert response.status_code in (200, 410), url
    index = client.get(f"/{language}/practices/")
    assert index.status_code == 302
    assert index.url == f"/{other}/practices/"
    assert client.get(f"/{language}/practices/nowhere/").status_code == 404
    assert client.post(f"/{language}/practices/").status_code in (404, 405)
