"""The form and the links of the search page keep all that the query has, whatever a reader changes next."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup

from search.page import DOWNLOADS
from taxonomy.models import Synonym
from tests.factories import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]


@pytest.fixture
def content(tree):
    a_practice(
        tree.section("kazakhstan"), title="Rural broadband", themes=["digital-connectivity"], start_year=2020
    )
    a_practice(tree.section("tajikistan"), title="Rural teachers", themes=["digital-skills"], start_year=2021)


def form_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select_one("form#search"), answer


def sent_by(form):
    """What a browser sends of the form, without what is empty."""
    pairs = []
    for control in form.select("input[name], select[name]"):
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            pairs.append((control["name"], chosen["value"]))
        elif control.get("type") not in ("checkbox", "radio") or control.has_attr("checked"):
            pairs.append((control["name"], control.get("value", "")))
    return [(name, value) for name, value in pairs if value]


# Lines whose links switch it on again.
AGAIN = ["synonyms", "suggestion"]
ADDRESSES = [
    "q=rural&synonyms=0",
    "q=rural&country=KZ&synonyms=0",
    "q=brodband&correct=0",
    "q=brodband&country=KZ&correct=0",
    "q=rural&synonyms=0&correct=0",
    "q=rural&kind=practice&country=KZ&country=TJ&all=country&theme=digital-skills&sort=title",
    "status=ongoing&all=status",
    "all=country",
    "year_from=1990&year_to=1991",
    "q=nothing&year_from=1990",
    "q=rural&year=2020&year_from=2019&year_to=2021&sort=year",
    "q=rural&tag=nowhere&language=en&evidence=2",
]


def test_the_form_sends_all_that_the_query_has(client, content):
    asked = [(language, address) for language in ("en", "ru") for address in ADDRESSES]
    sent = {of: sorted(sent_by(form_of(client, "/{}/search/?{}".format(*of))[0])) for of in asked}
    assert {of: sent[of] for of in asked if sent[of] != sorted(parse_qsl(of[1]))} == {}


def test_links_keep_what_the_reader_switched_off(client, content):
    for address in ("q=rural&country=KZ&synonyms=0", "q=brodband&country=KZ&correct=0", "q=rural&correct=0"):
        keep_what_is_off(client, address)


def keep_what_is_off(client, address):
    """All links that search for the same text: to another page, language or country, without a filter or all of them."""
    off = next(pair for pair in parse_qsl(address) if pair[0] in ("synonyms", "correct"))
    text = dict(parse_qsl(address))["q"]
    _, answer = form_of(client, f"/en/search/?{address}")
    page = BeautifulSoup(answer.content, "html.parser")
    links = [link for link in page.select("a[href*='/search/?']") if not link.find_parent(id=AGAIN)]
    same_text = [
        link["href"] for link in links if dict(parse_qsl(urlsplit(link["href"]).query)).get("q") == text
    ]
    assert len(same_text) > 2
    assert [href for href in same_text if off not in parse_qsl(urlsplit(href).query)] == []


def test_a_removed_chip_keeps_what_the_reader_switched_off(client, content):
    for off in ("synonyms", "correct"):
        pressed = client.get(f"/en/search/?q=brodband&country=KZ&{off}=0&without=country:KZ")
        assert pressed.headers["Location"] == f"/en/search/?q=brodband&{off}=0"


def test_what_is_switched_off_can_be_switched_on_again(client, content):
    Synonym.objects.create(words="rural\nremote")
    for text, off in (("rural", "synonyms"), ("brodband", "correct")):
        form, _ = form_of(client, f"/en/search/?q={text}&country=KZ&{off}=0")
        again = [link["href"] for name in AGAIN for link in form.select(f"#{name} a")]
        switched_on = [href for href in again if off not in dict(parse_qsl(urlsplit(href).query))]
        assert len(switched_on) == 1


def test_no_other_address_has_the_parameter_of_the_page(client, content):
    """Files, the feed and alerts never correct, so none of them takes it."""
    _, answer = form_of(client, "/en/search/?q=rural&correct=0")
    page = BeautifulSoup(answer.content, "html.parser")
    others = [tag["href"] for tag in page.select("[href]") if "/search/?" not in tag["href"]]
    assert len([href for href in others if "q=rural" in href]) > len(DOWNLOADS)
    assert [href for href in others if "correct" in href] == []
    assert urlencode({"q": "rural"}) in " ".join(others)
