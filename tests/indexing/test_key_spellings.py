"""Every URL with the key of a record answers in every spelling of the key, with and without a final slash."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from practices.models import PracticePage
from tests.factories import a_practice, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
KEY = re.compile(r"<(?:\w+:)?key>")
SPELLINGS = {
    "capitals": lambda key: str(key).upper(),
    "digits": lambda key: key.hex,
    "capital digits": lambda key: key.hex.upper(),
    "braces": lambda key: f"{{{key}}}",
    "braces around digits": lambda key: f"{{{key.hex}}}",
    "urn": lambda key: key.urn,
    "urn in capitals": lambda key: key.urn.upper(),
    "urn of digits": lambda key: f"urn:uuid:{key.hex}",
    "urn in braces": lambda key: f"urn:uuid:{{{key}}}",
}

AT_ONCE = ("capitals", "digits", "capital digits", "braces", "urn")


def routes_with_key(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """The routes of the URLconf that take a key and nothing else."""
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}".replace("^", "")
        if isinstance(pattern, URLResolver):
            yield from routes_with_key(pattern, route)
        elif isinstance(pattern, URLPattern) and KEY.search(route) and "(?P" not in route:  # sign-in's keys
            assert "<" not in KEY.sub("", route), "say here what the other parameter may be"
            yield route


def routes() -> list[str]:
    found = set()
    for language in ("en", "ru"):
        with override(language):
            found.update(routes_with_key(get_resolver()))
    return sorted(found)


ROUTES = routes()


@pytest.fixture
def key(tree):
    page = a_practice(tree.section("kazakhstan"), title="Schools online")
    a_translation(page, title="Школы в сети")
    return page.translation_key


def test_the_table_has_what_the_documentation_names():
    assert "/p/<uuid:key>" in ROUTES
    assert "/ru/record/<uuid:key>/citation.bib" in ROUTES
    assert "/en/practice/<uuid:key>/contact/" in ROUTES
    assert "/api/v1/records/<key>" in ROUTES


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_leads_to_the_one_for_good(client, key, spelling):
    wrong = []
    for route in ROUTES:
        canonical, spelled = (KEY.sub(each, route) for each in (str(key), SPELLINGS[spelling](key)))
        answers = {path: client.get(f"{path}?q=%D1%88&x=1") for path in (spelled, with_other_end(spelled))}
        for path, answer in answers.items():
            if (answer.status_code, answer.get("Location")) != (301, f"{canonical}?q=%D1%88&x=1"):
                wrong.append(path)
    assert wrong == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_api_reads_the_usual_spellings_at_once(client, key, spelling):
    """Programs may not follow a redirect."""
    for kind in ("records", "practices"):
        answer = client.get(f"/api/v1/{kind}/{SPELLINGS[spelling](key)}", follow=True)
        assert answer.json()["key"] == str(key)
        assert bool(answer.redirect_chain) is (spelling not in AT_ONCE)


def test_the_other_final_slash_leads_to_the_one_for_good(client, key):
    wrong = []
    for route in ROUTES:
        canonical = KEY.sub(str(key), route)
        other = with_other_end(canonical)
        answers = client.get(canonical).status_code, client.get(other), client.head(other)
        if answers[0] not in (200, 301, 302) or {a.get("Location") for a in answers[1:]} != {canonical}:
            wrong.append(other)
    assert wrong == []


def test_the_language_switch_of_a_page_that_is_gone_leads_to_the_same_in_the_other_language(client, key):
    """Under each address that says so, those with the key and the former ones."""
    pages = PracticePage.objects.filter(translation_key=key)
    paths = [KEY.sub(str(key), route) for route in ROUTES if not route.startswith("/api/")]
    paths += [page.get_url() for page in pages] + [f"{page.get_url()}brief.pdf" for page in pages]
    for page in pages:
        page.unpublish()
    gone, wrong = [], []
    for path in paths:
        answer = client.get(path)
        if answer.status_code == 410:
            gone.append(path)
            [link] = BeautifulSoup(answer.content, "html.parser").select("#languages a")
            other = client.get(link["href"])
            language = BeautifulSoup(other.content, "html.parser").html["lang"]
            if (other.status_code, language) != (410, link["lang"]):
                wrong.append((path, link["href"], other.status_code))
    assert {f"/p/{key}", f"/ru/record/{key}/citation.ris", *paths[-4:]} <= set(gone)
    assert wrong == []


def with_other_end(path: str) -> str:
    return path.removesuffix("/") if path.endswith("/") else f"{path}/"


def test_what_is_no_key_or_nobodys_is_not_found(client, key):
    for path in ("/p/{}0", "/p/x{}", "/p/{}/x/", "/nowhere/{}", "/p/0x{}", f"/p/{uuid4().hex}"):
        assert client.get(path.format(key.hex), follow=True).status_code == 404, path
    for path in ("/api/v1/records/x{}", "/api/v1/practices/urn:{}", "/api/v1/records/{}?lang=zz"):
        assert client.get(path.format(key.hex), follow=True).status_code == 422, path
