"""What is counted is what was asked, whoever answers it, and nothing of who asked."""

import random
from collections import Counter

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection

from accounts.models import User
from tests.accounts.showing import a_document, linked
from tests.factories import a_focal_point, a_practice, a_translation
from tests.usage.conftest import FIREFOX, written
from usage.facts import AT_SIGNS, MOST_DIGITS
from usage.models import SearchedText

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
CLIENT_IP = "203.0.113.77"
# What is asked in place of {q}, and whether it is found.
TEXTS = {
    "schools": True,
    "Школы": True,
    "quantum teleportation": False,
    "write to aliya.k@example.org": False,
    "phone 87771234567": False,
}


@pytest.fixture
def practice(tree):
    practice = a_practice(
        tree.section(), title="Schools online", themes=["digital-skills"], countries=["KZ", "KG"]
    )
    a_translation(practice, title="Школы онлайн")
    return practice


@pytest.fixture
def addresses(practice):
    """Address -> what a visit to it counts, without language."""
    page = practice.get_url().removeprefix("/en")
    key = practice.translation_key
    return {
        "/": [],
        "/search/": [],
        page: [("read", "KG KZ", "")],
        f"{page}?utm_source=letter": [("read", "KG KZ", "")],
        f"/record/{key}/citation.ris": [("citation", "KG KZ", "ris")],
        "/search/export.csv?country=KZ": [("download", "", "csv")],
        "/search/gaps.csv": [("download", "", "gaps")],
        "/search/?country=KZ&theme=digital-skills": [
            ("search", "", ""),
            ("filter", "", "country=KZ"),
            ("filter", "", "theme=digital-skills"),
        ],
        "/search/?country=KZ&page=2": [],
        **{
            f"/search/?q={text}": [("search", "", ""), *([] if found else [("vain-search", "", "")])]
            for text, found in TEXTS.items()
        },
    }


def test_a_thousand_requests_are_counted_and_nobody_is_in_the_counts(client, addresses, tree):
    """Kept, made anew, unchanged since the browser was shown them, of people and machines, in both languages."""
    editor = a_focal_point(tree.section())
    client.force_login(editor, backend="accounts.backends.PortalBackend")
    session = client.cookies.pop(settings.SESSION_COOKIE_NAME).value
    chance = random.Random(17)
    expected, asked, tags = Counter(), Counter(), {}
    for number in range(1000):
        if number % 40 == 0:
            caches["pages"].clear()
        path, language = chance.choice(list(addresses)), chance.choice(["en", "ru"])
        address, by_bot = f"/{language}{path}", chance.random() < 0.2
        headers = {"HTTP_USER_AGENT": GOOGLEBOT if by_bot else FIREFOX, "REMOTE_ADDR": CLIENT_IP}
        if address in tags and chance.random() < 0.3:
            headers["HTTP_IF_NONE_MATCH"] = tags[address]
        signed_in = chance.random() < 0.05
        if signed_in:
            headers["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={session}"
        response = client.get(address, **headers)
        assert response.status_code in (200, 304), address
        assert not response.cookies
        assert not [name for name in response.headers if "Usage" in name]
        if response.streaming:
            assert b"".join(response)
        if signed_in:
            continue
        tags[address] = response.headers.get("ETag", "")
        for event, countries, detail in addresses[path]:
            expected[event.upper() if by_bot else event, language, countries, detail] += 1
        text = path.partition("?q=")[2]
        if text in TEXTS and not by_bot:
            asked[language, text.lower()] += 1

    assert written() == expected
    kept = {(row.language, row.text): row.number for row in SearchedText.objects.all()}
    assert kept == {key: number for key, number in asked.items() if may_be_kept(key[1])}
    assert len(kept) == 3 * 2
    assert_nobody_in(values_of_all_tables(), [session, editor])


def may_be_kept(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return not any(sign in text for sign in AT_SIGNS) and digits <= MOST_DIGITS


def values_of_all_tables() -> dict[str, set[str]]:
    """Column -> values, of every table that the app has in the database."""
    values: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in (
            name for name in connection.introspection.table_names(cursor) if name.startswith("usage_")
        ):
            cursor.execute(f"SELECT * FROM {table}")
            names = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    values.setdefault(name, set()).add(str(value))
    return values


def assert_nobody_in(values: dict[str, set[str]], of_persons: list[str | User]) -> None:
    allowed = {
        "id",
        "day",
        "event",
        "language",
        "countries",
        "record",
        "detail",
        "is_bot",
        "number",
        "text",
        "in_vain",
    }
    assert set(values) == allowed
    everything = "\n".join(value for column in values.values() for value in column)
    session, editor = of_persons
    for secret in (
        CLIENT_IP,
        FIREFOX,
        "Mozilla",
        "Googlebot",
        session,
        editor.username,
        editor.email,
        "@",
        "87771234567",
    ):
        assert secret not in everything, secret


def test_what_is_withdrawn_or_personal_is_not_counted(client, tree):
    practice = a_practice(tree.section(), countries=["KZ", "KG"])
    address = practice.get_url()
    client.get(address, HTTP_USER_AGENT=FIREFOX)
    client.head(address, HTTP_USER_AGENT=FIREFOX)
    client.get(f"/en/record/{practice.translation_key}/contact/", HTTP_USER_AGENT=FIREFOX)
    client.get("/en/alerts/a-secret-token/", HTTP_USER_AGENT=FIREFOX)
    client.get("/en/nothing/here/", HTTP_USER_AGENT=FIREFOX)
    assert written() == {("read", "en", "KG KZ", ""): 1}
    practice.unpublish()
    client.get(address, HTTP_USER_AGENT=FIREFOX)
    assert written() == {("read", "en", "KG KZ", ""): 1}


def test_an_attached_document_is_a_download_in_no_language(client, tree):
    document = a_document()
    a_practice(tree.section(), challenge=linked(document))
    for headers in ({}, {"HTTP_IF_NONE_MATCH": client.get(document.url).headers["ETag"]}):
        response = client.get(document.url, HTTP_USER_AGENT=FIREFOX, **headers)
        assert response.status_code == (304 if headers else 200)
    assert written()["download", "", "", "document"] == 2


def test_of_tags_only_those_of_practices_are_kept(client, tree):
    """Any tag may stand in the URL, a telephone number too, and counts are never erased."""
    a_practice(tree.section(), tags=["fibre"])
    for tag in ("fibre", "87771234567", *(f"invented-{number}" for number in range(20))):
        client.get("/en/search/", {"tag": tag}, HTTP_USER_AGENT=FIREFOX)
    filters = {key: number for key, number in written().items() if key[0] == "filter"}
    assert filters == {("filter", "en", "", "tag=fibre"): 1}


def test_a_page_that_a_browser_fetches_ahead_is_not_counted(client, tree):
    address = a_practice(tree.section()).get_url()
    client.get(address, HTTP_USER_AGENT=FIREFOX, HTTP_SEC_PURPOSE="prefetch;prerender")
    assert not written()
    client.get(address, HTTP_USER_AGENT=FIREFOX)
    assert sum(written().values()) == 1
