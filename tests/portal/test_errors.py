"""What cannot be understood, and what is not there, is said on a page of the portal in the reader's language."""

import pytest
from bs4 import BeautifulSoup

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]
TOO_MUCH = {
    "long": "/{}/search/?q=" + "a" * 5000,
    "many": "/{}/search/?" + "a=&" * 1001,
    "nul": "/{}/practices/a%00b/",
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("address", TOO_MUCH.values(), ids=TOO_MUCH)
def test_an_address_that_cannot_be_understood_is_answered_by_a_page(client, tree, language, address):
    other = {"en": "ru", "ru": "en"}[language]
    response = client.get(address.format(language), headers={"accept-language": other})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 400
    assert page.html["lang"] == language
    assert page.select_one(".masthead")
    assert page.select_one("main form[role=search], main form, main search")
    assert page.find("a", href=f"/{language}/")
    assert "aaaa" not in page.get_text()
    assert ("не открыть" in page.h1.get_text()) is (language == "ru")


def test_an_address_without_a_language_is_answered_in_the_browsers(client, tree):
    for language in ("en", "ru"):
        response = client.get("/p/?" + "a=&" * 1001, headers={"accept-language": language})
        assert f'<html lang="{language}"' in response.content.decode()


def test_machines_get_a_line(client, tree):
    for path in ("/api/v1/search", "/oai", "/sitemap.xml"):
        response = client.get(path + "?" + "a=&" * 1001)
        assert (response.status_code, response.content) == (400, b"Bad Request")


def test_an_unknown_host_is_no_server_error(client, tree):
    response = client.get("/en/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil" not in response.content


@pytest.mark.parametrize(
    "path", ["no-such-place/", "pages/1/no-such/", "search/", "images/abc/", "no-such-place"]
)
def test_an_unknown_address_of_the_admin_is_a_404(admin_client, tree, path):
    response = admin_client.get(f"/admin/{path}", follow=True)
    assert response.status_code == 404
    assert all(url.startswith("/admin/") for url, _ in response.redirect_chain)
