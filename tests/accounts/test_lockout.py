"""Who guesses passwords, of an account or of a page, is stopped; whoever is known and mistypes is not."""

import re
from threading import Thread

import pytest
from axes.models import AccessAttempt
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from accounts import hashing
from accounts.devices import COOKIE, GUESSING_COOKIE
from accounts.lock import MOST_FOR_CLIENT, MOST_FOR_NAME, MOST_FOR_PAGE, MOST_OF_CLIENT_FOR_PAGE
from tests.accounts.signing_in import LIMIT, SIGN_IN, signed_in_as, try_password
from tests.factories import a_practice, a_translation, a_user
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting"), pytest.mark.slow]


@pytest.mark.parametrize("name", ["alice", "nobody"])
def test_five_failures_stop_a_client_whether_there_is_such_a_name_or_not(alice, name):
    answers = [try_password(f"guess {number}", name).status_code for number in range(LIMIT + 2)]
    assert answers == [200] * (LIMIT - 1) + [429] * 3
    response = try_password(PASSWORD, name)
    assert response.status_code == 429
    assert not signed_in_as(response)
    assert int(response.headers["Retry-After"]) == 1800
    assert b"Try again in 30 minutes" in response.content


def test_the_locks_page_is_in_the_readers_language(alice):
    for _ in range(LIMIT):
        response = Client().post("/ru/accounts/login/", {"login": "alice", "password": "wrong"})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 429
    assert page.html["lang"] == "ru"
    assert page.select_one(".masthead")
    assert not re.search("[A-Za-z]{3}", page.select_one("main").get_text())


def test_twenty_people_behind_one_address_sign_in_though_each_mistypes(tree):
    names = [a_user(username=f"colleague{number}").username for number in range(20)]
    for name in names * (LIMIT - 1):
        try_password("mistyped", name)
    assert all(signed_in_as(try_password(PASSWORD, name)) for name in names)


def test_beyond_the_ceiling_only_known_devices_may_try(alice):
    known = Client()
    assert signed_in_as(try_password(PASSWORD, client=known))
    assert known.cookies[COOKIE]["httponly"]
    for number in range(MOST_FOR_NAME):
        try_password("guess", ip=f"198.51.100.{number}")
    assert try_password("guess", ip="203.0.113.9").status_code == 429, "from however many addresses"
    assert try_password(PASSWORD, ip="203.0.113.9").status_code == 429
    known.cookies.pop("sessionid", None)
    assert signed_in_as(try_password(PASSWORD, ip="203.0.113.10", client=known)), "nobody locks another out"


def test_a_known_device_has_its_own_five(alice):
    known = Client()
    try_password(PASSWORD, client=known)
    known.cookies.pop("sessionid")
    answers = [try_password("guess", ip=f"198.51.100.{n}", client=known).status_code for n in range(LIMIT)]
    assert answers[-1] == 429
    assert try_password(PASSWORD, client=known).status_code == 429
    assert signed_in_as(try_password(PASSWORD, ip="203.0.113.10")), "the others go on"


def test_another_persons_cookie_or_a_forged_one_makes_no_device_known(alice):
    mallory = Client()
    try_password(PASSWORD, a_user(username="mallory").username, client=mallory)
    mallory.cookies.pop("sessionid")
    forged = Client()
    forged.cookies[COOKIE] = mallory.cookies[COOKIE].value[:-3] + "abc"
    for number in range(MOST_FOR_NAME):
        try_password("guess", ip=f"198.51.100.{number}")
    for client in (mallory, forged):
        assert try_password(PASSWORD, ip="203.0.113.9", client=client).status_code == 429


def test_one_client_does_not_try_all_names(alice):
    for number in range(MOST_FOR_CLIENT):
        AccessAttempt.objects.filter(username="x")
        try_password("Summer2026!", f"name{number}")
    assert try_password("Summer2026!").status_code == 429
    assert signed_in_as(try_password(PASSWORD, ip="203.0.113.9"))


def test_an_ipv6_client_is_its_network(alice):
    answers = [
        try_password("guess", ip=f"2001:db8::{number:x}").status_code for number in range(1, LIMIT + 1)
    ]
    assert answers[-1] == 429


@pytest.fixture(params=["page", "document"])
def walled(request, tree):
    """Address of the form before what has the password "secret", and the page."""
    page = a_practice(tree.section(), title="Walled")
    if request.param == "page":
        wall = PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
        return f"/en/_util/authenticate_with_password/{wall.pk}/{page.pk}/", page.url
    collection = Collection.objects.create(name="Walled", depth=2, path="00010099", numchild=0)
    wall = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="secret"
    )
    return f"/documents/authenticate_with_password/{wall.pk}/", page.url


def enter(walled, password, ip="192.0.2.8", client=None, **headers):
    address, url = walled
    sent = {"password": password, "return_url": url}
    return (client or Client()).post(address, sent, REMOTE_ADDR=ip, headers=headers)


def test_five_wrong_passwords_of_a_page_stop_this_browser_and_no_other(walled):
    guesser = Client()
    answers = [enter(walled, f"{number}", client=guesser).status_code for number in range(LIMIT + 1)]
    assert answers == [200] * (LIMIT - 1) + [429] * 2
    assert enter(walled, "secret", client=guesser).status_code == 429
    assert guesser.cookies[GUESSING_COOKIE]["httponly"]
    assert enter(walled, "secret").status_code == 302, "somebody else at the same address"


def test_without_its_cookie_a_browser_meets_the_ceiling_of_its_address(walled):
    answers = [enter(walled, f"{number}").status_code for number in range(MOST_OF_CLIENT_FOR_PAGE + 1)]
    assert answers[:-1] == [200] * MOST_OF_CLIENT_FOR_PAGE
    assert answers[-1] == 429
    assert enter(walled, "secret").status_code == 429
    assert enter(walled, "secret", ip="192.0.2.9").status_code == 302


def test_beyond_the_ceiling_of_a_page_a_newcomer_has_one_try(walled):
    known, mistyping = Client(), Client()
    assert enter(walled, "secret", client=known).status_code == 302
    enter(walled, "mistyped", client=mistyping)
    for number in range(MOST_FOR_PAGE):
        enter(walled, "no", ip=f"198.51.100.{number}")
    assert enter(walled, "secret", ip="192.0.2.10").status_code == 302, "guessers elsewhere stop nobody"
    assert enter(walled, "no", ip="192.0.2.12").status_code == 200
    assert enter(walled, "secret", ip="192.0.2.12").status_code == 429, "who guesses has no second try"
    assert enter(walled, "secret", ip="198.51.100.7").status_code == 429
    mistyping.cookies[COOKIE] = mistyping.cookies[GUESSING_COOKIE].value
    assert enter(walled, "secret", client=mistyping).status_code == 429, "another kind of cookie"
    assert enter(walled, "secret", ip="192.0.2.11", client=known).status_code == 302


def test_guessers_at_hundreds_of_addresses_meet_a_ceiling_too(walled, monkeypatch):
    monkeypatch.setattr("accounts.lock.MOST_FOR_PAGE_WITH_FIRST_TRIES", MOST_FOR_PAGE + 3)
    known = Client()
    assert enter(walled, "secret", client=known).status_code == 302
    answers = [
        enter(walled, "no", ip=f"198.51.100.{number}").status_code for number in range(MOST_FOR_PAGE + 5)
    ]
    assert answers[MOST_FOR_PAGE:] == [200, 200, 200, 429, 429]
    assert enter(walled, "secret", ip="192.0.2.10").status_code == 429
    assert enter(walled, "secret", ip="192.0.2.11", client=known).status_code == 302


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_lock_of_a_page_speaks_of_the_page_and_leads_back_to_it(walled, language):
    client, address = Client(), walled[0].replace("/en/", f"/{language}/")
    for _ in range(LIMIT + 1):
        response = enter((address, walled[1]), "no", client=client, accept_language=language)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "1800"
    assert page.html["lang"] == language
    assert page.select_one("main").find("a", href=walled[1])
    assert not page.select("main a[href*=accounts]")
    assert "account" not in page.select_one("main").get_text()
    assert language == "en" or not re.search("[A-Za-z]{3}", page.select_one("main").get_text())


def test_of_many_sign_ins_at_once_few_are_hashed_and_nobody_waits_in_line(client, alice):
    """Two have their turn; whoever comes then is asked to try again, with what was typed kept."""
    with hashing.hashing_turn():  # the first
        second = Thread(target=lambda: hashing._turn.acquire(timeout=5) and hashing._turn.release())
        second.start()
        assert hashing._places.acquire(blocking=False)
        try:
            response = client.post(SIGN_IN, {"login": "alice", "password": PASSWORD})
        finally:
            hashing._places.release()
    second.join()
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert page.find(id="id_login")["value"] == "alice"
    assert "once more" in page.get_text()
    assert not AccessAttempt.objects.exists(), "nothing was checked, nothing counts"
    assert signed_in_as(client.post(SIGN_IN, {"login": "alice", "password": PASSWORD}))


@pytest.mark.parametrize("entered", ["en", "ru"])
@pytest.mark.parametrize("where", ["practice", "section"])
def test_one_password_opens_a_page_in_all_its_languages(client, tree, where, entered):
    english = a_practice(tree.section(), title="Walled")
    pages = {"en": english, "ru": a_translation(english, title="За стеной")}
    page = english if where == "practice" else tree.section()
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")

    def form(language, client):
        asked = BeautifulSoup(client.get(pages[language].url).content, "html.parser")
        return asked.select_one("main form[action*=authenticate]")

    other = "ru" if entered == "en" else "en"
    assert form(entered, client)
    assert form(other, client)
    sent = {"password": "secret", "return_url": pages[entered].url}
    assert client.post(form(entered, client)["action"], sent).status_code == 302
    assert not form(entered, client)
    assert not form(other, client)
    assert pages[other].title in client.get(pages[other].url).content.decode()

    guesser = Client()
    answers = [
        guesser.post(form(language, guesser)["action"], {"password": "no"}).status_code
        for language in ("en", "ru") * LIMIT
    ]
    assert answers[LIMIT:] == [429] * LIMIT, "counted for both languages together"
