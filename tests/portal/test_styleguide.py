"""The page of all components: under `make dev` alone, and with every component."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings

ROOT = django_settings.BASE_DIR
# Parts of the frame, without a look of their own, or laid out by the page that they are the whole of.
NOT_SHOWN = {
    "header.html", "footer.html", "hreflang.html", "stylesheets.html", "link_picture.html", "open_graph.html",
    "practice_head.html", "country_overview.html",
    "blocks/figure.html", "blocks/figure_preview.html", "blocks/contact.html", "blocks/partner.html", "blocks/prose.html",
    "blocks/lead.html", "blocks/quote.html",
}  # fmt: skip
OF_ONE_PAGE = {
    "addable", "alert", "filters", "finder", "hero", "picture", "plainlink", "results", "search", "sort", "story", "title",
}  # fmt: skip


@pytest.fixture
def guide(client, settings, db):
    settings.ROOT_URLCONF = "portal.styleguide.urls"
    return BeautifulSoup(client.get("/styleguide/").content, "lxml")


def test_it_has_every_component_in_both_languages(guide):
    components = ROOT / "templates" / "components"
    files = {str(path.relative_to(components)) for path in components.rglob("*.html")}
    shown = re.findall(r"templates/components/(\S+\.html)", guide.get_text())
    assert files - set(shown) == NOT_SHOWN
    columns = [tag["lang"] for tag in guide.select("main section > p.small + div > div[lang]")]
    assert columns == ["en", "ru"] * len(shown)


def test_it_has_every_class_of_the_components_stylesheets(guide):
    sheets = (ROOT / "static" / "css" / "components").glob("*.css")
    declared = {
        name for sheet in sheets for name in re.findall(r"^\.([a-z]+)", sheet.read_text(), re.MULTILINE)
    }
    shown = {name.partition("--")[0] for tag in guide.select("main [class]") for name in tag["class"]}
    assert declared - shown == OF_ONE_PAGE


def test_it_asks_no_other_host(guide):
    asked = [
        tag.get("src") or tag.get("href")
        for tag in guide.select("[src], link[rel=stylesheet], link[rel=icon]")
    ]
    assert asked
    assert all(url.startswith("/static/") for url in asked)


def test_only_make_dev_has_it(client, tree):
    for path in ("/styleguide/", "/en/styleguide/", "/ru/styleguide/"):
        assert client.get(path, follow=True).status_code == 404
    for file in (ROOT / "portal" / "settings").glob("*.py"):
        assert ("styleguide" in file.read_text()) is (file.name == "dev.py")
