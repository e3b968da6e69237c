"""The sitemap in parts: every public page once, whatever the number, in a constant number of queries."""

from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import sitemaps
from tests.factories import a_practice, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TAG = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client, path):
    return [item.text for item in ElementTree.fromstring(client.get(path).content).iter(f"{TAG}loc")]


def paths(urls):
    return [f"/{url.split('/', 3)[3]}" for url in urls]


def test_the_parts_together_hold_what_the_whole_holds(client, tree, monkeypatch):
    for _ in range(3):
        a_translation(a_practice(tree.section()))
    a_practice(tree.section(), live=False)
    whole = locations(client, "/sitemap.xml")
    assert len(whole) == len(set(whole))

    monkeypatch.setattr(sitemaps, "PART_SIZE", 4)
    caches["pages"].clear()
    index = client.get("/sitemap.xml")
    assert b"sitemapindex" in index.content
    assert index["Content-Type"] == "application/xml"
    parts = paths(locations(client, "/sitemap.xml"))
    assert len(parts) > 2
    assert sorted(url for part in parts for url in locations(client, part)) == sorted(whole)


def test_a_translation_in_another_part_is_named(client, tree, monkeypatch):
    practice = a_practice(tree.section())
    translation = a_translation(practice)
    monkeypatch.setattr(sitemaps, "PART_SIZE", 1)
    part = client.get(f"/sitemap-{practice.pk}.xml").content.decode()
    assert f'hreflang="ru" href="http://127.0.0.1:8000{translation.url}"' in part


@pytest.mark.parametrize("path", ["/sitemap-999999.xml", "/sitemap-99999999999999999999999.xml"])
def test_there_are_no_other_parts(client, tree, path):
    assert client.get(path).status_code == 404


def test_queries_do_not_grow_with_the_pages(client, tree):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/sitemap.xml?uncached")
        return len(queries)

    count()
    a_practice(tree.section())
    few = count()
    for _ in range(4):
        a_translation(a_practice(tree.section()))
    assert count() == few
