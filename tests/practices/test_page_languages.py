"""A practice's page in two languages, and where it is in one only, restricted or withdrawn."""

from xml.etree import ElementTree

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import a_practice, a_translation, publish
from tests.practices.reading import FULL, SITE, head_links, soup, switch

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]


def test_without_a_translation_the_other_address_answers_with_the_original(client, tree):
    practice = a_practice(tree.section(), title="Schools online")

    page = soup(client, "/ru/practices/kazakhstan/schools-online/")

    assert page.html["lang"] == "ru"
    assert page.h1["lang"] == "en"
    assert page.find("div", class_="notice").get_text(strip=True)
    assert page.find(string="Few were connected.").find_parent(lang=True)["lang"] == "en"
    assert page.find(id="challenge").h2.find_parent(lang=True) == page.html
    assert head_links(page) == (SITE + practice.url, {"en": SITE + practice.url})
    assert switch(page) == {"en": practice.url}
    assert [crumb["href"] for crumb in page.find("nav", class_="crumbs").find_all("a")] == [
        "/ru/", "/ru/practices/", "/ru/practices/kazakhstan/"
    ]  # fmt: skip
    assert all(
        link["href"].startswith("/ru/") for link in page.find("dl").find_all("a") if "?" in link["href"]
    )

    original = soup(client, practice.url)
    assert head_links(original) == (SITE + practice.url, {"en": SITE + practice.url})
    assert switch(original) == {"ru": "/ru/practices/kazakhstan/schools-online/"}


def test_translations_name_each_other_and_what_is_behind(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    russian = a_translation(practice, title="Школы онлайн")
    both = {"en": SITE + practice.url, "ru": SITE + russian.url}

    assert head_links(soup(client, practice.url)) == (SITE + practice.url, both)
    page = soup(client, russian.url)
    assert head_links(page) == (SITE + russian.url, both)
    assert switch(page) == {"en": practice.url}
    assert page.h1.get_text() == "Школы онлайн"
    assert not page.h1.has_attr("lang")
    assert not page.find("div", class_="notice--warning")

    publish(practice, lessons="<p>Anchor it.</p>", challenge="<p>Nobody was connected.</p>")
    notice = soup(client, russian.url).find("div", class_="notice--warning")
    assert notice.a["href"] == practice.url


def test_a_restricted_or_withdrawn_translation_is_told_to_nobody(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    russian = a_translation(practice, title="Школы онлайн")
    PageViewRestriction.objects.create(page=russian, restriction_type=PageViewRestriction.LOGIN)

    for page in (practice, russian):  # a restriction holds in all languages
        assert client.get(page.url).status_code == 302
        assert page.url not in client.get("/sitemap.xml").content.decode()

    PageViewRestriction.objects.first().delete()
    russian.unpublish()
    assert head_links(soup(client, practice.url))[1] == {"en": SITE + practice.url}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("translated", [True, False])
def test_a_restricted_page_has_no_dead_links(client, tree, language, translated):
    """Each link and address on it leads somewhere for whoever knows its password; forms and files are for public pages."""
    practice = a_practice(tree.section(), **FULL)
    if translated:
        a_translation(practice, title="Школы онлайн")
    page = soup(client, url := practice.url.replace("/en/", f"/{language}/"))
    assert str(practice.translation_key) in str(page.main), "a public one has them"

    PageViewRestriction.objects.create(page=practice, restriction_type="password", password="secret")
    form = soup(client, url).select_one("main form")
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert client.post(form["action"], hidden | {"password": "secret"}).status_code == 302

    page = soup(client, url)
    assert page.find(id="lessons")
    assert str(practice.translation_key) not in page.main.get_text()
    links = {link["href"] for link in page.select("main a[href^='/']")}
    dead = {link for link in links if client.get(link, follow=True).status_code == 404}
    assert links
    assert not dead


def test_the_sitemap_has_public_pages_in_both_languages_and_no_stand_ins(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    translated = a_practice(tree.section(), title="Villages online")
    russian = a_translation(translated)
    a_practice(tree.section(), title="Not yet", live=False)

    urls = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {
        url.findtext("{*}loc"): {link.get("hreflang"): link.get("href") for link in url.findall("{*}link")}
        for url in urls
    }

    assert found[SITE + practice.url] == {}
    both = {"en": SITE + translated.url, "ru": SITE + russian.url}
    assert found[SITE + translated.url] == found[SITE + russian.url] == both
    assert SITE + "/ru/practices/kazakhstan/" in found
    assert not any("schools-online" in url and "/ru/" in url for url in found)
    assert not any("not-yet" in url for url in found)
