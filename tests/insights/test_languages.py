"""Each page of insights is one in each language, and search engines are told so."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings


@pytest.mark.parametrize("path", ["search/compare/", "search/finder/", "search/gaps/?by=status"])
def test_search_engines_are_told_of_both_languages(client, tree, path):
    page = BeautifulSoup(client.get(f"/ru/{path}").content, "lxml")
    told = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}
    assert {code: told.get(code) for code in ("en", "ru")} == {
        code: f"{settings.SITE_ADDRESS}/{code}/{path}" for code in ("en", "ru")
    }
