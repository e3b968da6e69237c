"""Signing in and out, and choosing a new password: for people it is easy, to guessers it tells and gives nothing."""

import re
from threading import Thread

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from axes.models import AccessAttempt
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.users.models import UserProfile

from accounts import hashing, views
from accounts.devices import COOKIE, GUESSING_COOKIE
from accounts.lock import MOST_FOR_CLIENT, MOST_FOR_NAME, MOST_FOR_PAGE, MOST_OF_CLIENT_FOR_PAGE
from accounts.models import User
from core.models import ThrottleEvent
from tests.factories import a_focal_point, a_practice, a_user
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN, RESET = "/en/accounts/login/", "/en/accounts/password/reset/"
HOME = "/admin/"
LIMIT = 5


@pytest.fixture(autouse=True)
def counting(settings):
    settings.AXES_ENABLED = True


@pytest.fixture
def alice(tree):
    return a_focal_point(tree.section(), username="alice", email="alice@example.org")


def try_password(password, name="alice", ip="192.0.2.1", client=None, **form):
    sent = {"login": name, "password": password} | form
    return (client or Client()).post(SIGN_IN, sent, REMOTE_ADDR=ip)


def signed_in_as(response):
    return response.status_code == 302 and response.client.session.get("_auth_user_id")


# The pages


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("path", ["accounts/login/", "accounts/password/reset/", "accounts/password/reset/done/",
                                  "accounts/password/reset/key/a-b/", "accounts/password/reset/key/done/",
                                  "accounts/confirm-email/a/"])  # fmt: skip
def test_each_page_is_the_portals_in_one_language_with_a_way_back(client, tree, language, path):
    response = client.get(
        f"/{language}/{path}", headers={"accept-language": "en" if language == "ru" else "ru"}
    )
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200 and "no-store" in response.headers["Cache-Control"]
    assert page.html["lang"] == language and page.select_one(".masthead") and page.select_one(".crumbs a")
    other = "ru" if language == "en" else "en"
    assert page.find("a", href=f"/{other}/{path}")
    words = page.select_one("main").get_text()
    assert bool(re.search("[а-яё]", words)) is (language == "ru")
    assert not re.search("[A-Za-z]{3}", words) or language == "en", words


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nobody_signs_up(client, tree, language):
    for method in (client.get, client.post):
        assert method(f"/{language}/accounts/signup/").status_code == 404
    assert b"signup" not in client.get(f"/{language}/accounts/login/").content


# Signing in


def test_the_right_password_lets_in_and_keeps_the_language(client, alice):
    assert b"Sign in" in client.get(SIGN_IN).content
    response = client.post(
        "/ru/accounts/login/", {"login": "alice", "password": PASSWORD}, headers={"accept-language": "ru"}
    )
    assert signed_in_as(response) and response.url == HOME
    assert UserProfile.get_for_user(alice).preferred_language == "ru"
    assert client.get("/en/accounts/login/").url == HOME


def test_a_wrong_password_is_said_where_the_form_is_and_what_was_typed_stays(client, alice):
    response = client.post("/ru/accounts/login/", {"login": "alice", "password": "wrong"})
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find(id="id_login")["value"] == "alice"
    assert "Имя пользователя или пароль" in page.select_one(".notice--error").get_text()
    assert "password" not in page.select_one("main").get_text().lower()


@pytest.mark.parametrize("path", ["/admin/login/", "/en/_util/login/"])
@pytest.mark.parametrize(("target", "kept"), [
    ("/admin/pages/", True), ("/en/search/?q=a&page=2", True), ("https://evil.example/", False), ("//evil.example", False),
    ("javascript:alert(1)", False), ("/\\evil.example", False), ("http:///evil.example", False),
])  # fmt: skip
def test_wagtails_addresses_lead_to_ours_and_on_but_never_elsewhere(client, alice, path, target, kept):
    response = client.get(path, {"next": target})
    assert response.status_code == 302 and response.url.startswith(SIGN_IN)
    form = BeautifulSoup(client.get(SIGN_IN, {"next": target}).content, "html.parser").form
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    sent = hidden | {"login": "alice", "password": PASSWORD}
    assert client.post(SIGN_IN, sent | {"next": target}).url == (target if kept else HOME)
    assert ("next" in response.url) is kept


@pytest.mark.parametrize(("language", "words"), [("en", "no role yet"), ("ru", "нет роли")])
@pytest.mark.parametrize("target", ["", "/admin/", "/admin/pages/"])
def test_who_has_no_role_is_told_so_and_whom_to_ask(client, tree, settings, language, words, target):
    name = a_user().username
    sent = {"login": name, "password": PASSWORD, "next": target}
    response = client.post(
        f"/{language}/accounts/login/", sent, follow=True, headers={"accept-language": language}
    )
    page = BeautifulSoup(response.content, "html.parser")
    assert page.html["lang"] == language and words in page.h1.get_text()
    assert name in page.main.get_text() and page.find("a", href=f"mailto:{settings.SECRETARIAT_EMAIL}")
    assert page.find("form", action=f"/{language}/accounts/logout/")
    assert not page.find("input", attrs={"name": "password"})
    a_role = a_focal_point(tree.section()).groups.get()
    User.objects.get(username=name).groups.add(a_role)
    home = client.get(HOME)
    assert home.status_code == 200 and b"do not have permission" not in home.content, "no word is left over"


def test_who_is_signed_in_but_may_not_read_a_page_is_told_so_and_not_sent_in_circles(client, alice, tree):
    wall = PageViewRestriction.objects.create(page=tree.section(), restriction_type="groups")
    wall.groups.add(Group.objects.create(name="Others"))
    client.force_login(alice, backend="accounts.backends.PortalBackend")
    response = client.get(tree.section().url, follow=True)
    page = BeautifulSoup(response.content, "html.parser")
    assert "signed in already" in page.h1.get_text() and page.find("a", href=tree.section().url)
    evil = client.get(SIGN_IN, {"next": "javascript:alert(1)"})
    assert evil.status_code == 302 and evil.url == HOME


@pytest.mark.parametrize("return_url", [None, "", "https://evil.example/", "//evil.example"])
def test_the_right_password_of_a_page_leads_to_the_page(client, tree, return_url):
    page = a_practice(tree.section())
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
    asked = BeautifulSoup(client.get(page.url + "?x=1").content, "html.parser")
    form, title = asked.select_one("main form"), page.title
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert asked.select_one(".masthead") and title not in str(asked)
    wrong = client.post(form["action"], hidden | {"password": "no"})
    again = BeautifulSoup(wrong.content, "html.parser").select_one("main form")
    kept = {field["name"]: field["value"] for field in again.select("input[type=hidden]")}
    assert kept["return_url"] == page.url + "?x=1"
    sent = {"password": "secret"} | (
        {} if return_url is None else {"return_url": return_url} if return_url else kept
    )
    response = client.post(form["action"], sent)
    assert response.url == (kept["return_url"] if return_url == "" else page.url)
    assert title in client.get(response.url).content.decode()
    draft = a_practice(tree.section(), live=False)
    assert client.get(form["action"].replace(f"/{page.pk}/", f"/{draft.pk}/")).status_code == 404


def test_a_demo_account_signs_in_only_where_the_demo_runs(settings, alice):
    User.objects.filter(pk=alice.pk).update(is_demo=True)
    assert signed_in_as(try_password(PASSWORD))
    settings.DEMO_ACCOUNTS = False
    assert not signed_in_as(try_password(PASSWORD))
    Client().post(RESET, {"email": alice.email})
    assert not mail.outbox


# Guessing


@pytest.mark.parametrize("name", ["alice", "nobody"])
def test_five_failures_stop_a_client_whether_there_is_such_a_name_or_not(alice, name):
    answers = [try_password(f"guess {number}", name).status_code for number in range(LIMIT + 2)]
    assert answers == [200] * (LIMIT - 1) + [429] * 3
    response = try_password(PASSWORD, name)
    assert response.status_code == 429 and not signed_in_as(response)
    assert int(response.headers["Retry-After"]) == 1800 and b"Try again in 30 minutes" in response.content


def test_the_locks_page_is_in_the_readers_language(alice):
    for _ in range(LIMIT):
        response = Client().post("/ru/accounts/login/", {"login": "alice", "password": "wrong"})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 429 and page.html["lang"] == "ru" and page.select_one(".masthead")
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
    assert answers[:-1] == [200] * MOST_OF_CLIENT_FOR_PAGE and answers[-1] == 429
    assert enter(walled, "secret").status_code == 429
    assert enter(walled, "secret", ip="192.0.2.9").status_code == 302


def test_beyond_the_ceiling_of_a_page_only_known_devices_may_try(walled):
    known, mistyping = Client(), Client()
    assert enter(walled, "secret", client=known).status_code == 302
    enter(walled, "mistyped", client=mistyping)
    for number in range(MOST_FOR_PAGE):
        enter(walled, "no", ip=f"198.51.100.{number}")
    assert enter(walled, "secret", ip="192.0.2.10").status_code == 429
    mistyping.cookies[COOKIE] = mistyping.cookies[GUESSING_COOKIE].value
    assert enter(walled, "secret", ip="192.0.2.10", client=mistyping).status_code == 429, (
        "another kind of cookie"
    )
    assert enter(walled, "secret", ip="192.0.2.11", client=known).status_code == 302


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_lock_of_a_page_speaks_of_the_page_and_leads_back_to_it(walled, language):
    client, address = Client(), walled[0].replace("/en/", f"/{language}/")
    for _ in range(LIMIT + 1):
        response = enter((address, walled[1]), "no", client=client, accept_language=language)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 429 and response.headers["Retry-After"] == "1800"
    assert page.html["lang"] == language and page.select_one("main").find("a", href=walled[1])
    assert not page.select("main a[href*=accounts]") and "account" not in page.select_one("main").get_text()
    assert language == "en" or not re.search("[A-Za-z]{3}", page.select_one("main").get_text())


# Many at once


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
    assert response.status_code == 503 and response.headers["Retry-After"] == "2"
    assert page.find(id="id_login")["value"] == "alice" and "once more" in page.get_text()
    assert not AccessAttempt.objects.exists(), "nothing was checked, nothing counts"
    assert signed_in_as(client.post(SIGN_IN, {"login": "alice", "password": PASSWORD}))


# A new password


def ask_for_reset(email, ip="192.0.2.1"):
    return Client().post(RESET, {"email": email}, REMOTE_ADDR=ip)


def link_of(letter):
    return re.search(r"http://\S+", letter.body)[0]


def test_a_new_password_is_chosen_by_the_link_of_a_letter(client, alice, settings):
    response = client.post(
        "/ru/accounts/password/reset/", {"email": "Alice@example.org"}, headers={"host": "testserver"}
    )
    assert response.url == "/ru/accounts/password/reset/done/"
    [letter] = mail.outbox
    assert letter.to == [alice.email] and "alice" in letter.body and re.search("[а-я]", letter.subject)
    link = link_of(letter)
    assert link.startswith(f"{settings.SITE_ADDRESS}/ru/")
    path = link.removeprefix(settings.SITE_ADDRESS)
    form = client.get(path).url
    chosen = {"password1": "an entirely new phrase", "password2": "an entirely new phrase"}
    short = BeautifulSoup(client.post(form, {"password1": "a", "password2": "a"}).content, "html.parser")
    assert short.select_one(".field__error")
    assert client.post(form, chosen).url == "/ru/accounts/password/reset/key/done/"
    assert not signed_in_as(try_password(PASSWORD)) and signed_in_as(try_password("an entirely new phrase"))
    assert "больше не действует" in client.get(path).content.decode(), "a link is good once"
    for number in range(MOST_FOR_NAME):
        try_password("guess", ip=f"198.51.100.{number}")
    assert signed_in_as(try_password("an entirely new phrase", ip="203.0.113.9", client=client)), (
        "nobody is locked out"
    )


def test_a_new_password_ends_the_lock_on_every_device(client, alice, settings):
    for _ in range(5):
        try_password("guess", ip="198.51.100.7")
    assert try_password(PASSWORD, ip="198.51.100.7").status_code == 429
    client.post(RESET, {"email": alice.email})
    form = client.get(link_of(mail.outbox[0]).removeprefix(settings.SITE_ADDRESS)).url
    phrase = "an entirely new phrase"
    client.post(form, {"password1": phrase, "password2": phrase})
    assert signed_in_as(try_password(phrase, ip="198.51.100.7"))


def test_the_answer_tells_nobody_which_addresses_are_known(alice, rf):
    """No letter is written, nobody looked up, before the answer has gone."""
    seen = {}
    for email in (alice.email, "nobody@example.org"):
        request = rf.post(RESET, {"email": email})
        request.session, request.user = {}, alice
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = views.AskForResetView.as_view()(request)
        shapes = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
        seen[email] = (response.status_code, response.url, shapes)
        assert not mail.outbox
        response.afterwards()  # by its close(), which ends the connection to the database too
        assert len(mail.outbox) == (email == alice.email)
        mail.outbox.clear()
    known, unknown = seen.values()
    assert known == unknown


def test_thirty_requests_do_not_send_thirty_letters(alice):
    spellings = [alice.email, "Alice@Example.org", "alice+1@example.org"]
    answers = {ask_for_reset(spellings[number % 3], f"192.0.2.{number}").url for number in range(30)}
    assert len(answers) == 1
    assert len(mail.outbox) <= views.LETTERS_TO_MAILBOX.limit
    assert ThrottleEvent.objects.exists()


def test_one_client_asks_for_so_many(alice):
    limit = views.RESETS_OF_CLIENT.limit
    answers = [ask_for_reset(f"{number}@example.org").status_code for number in range(limit + 1)]
    assert answers == [302] * limit + [429]


@pytest.mark.parametrize(("path", "goal"), [
    ("", RESET), ("done/", RESET), ("complete/", SIGN_IN), ("confirm/MQ/set-password/", RESET), ("confirm/@@/x-y/", RESET),
])  # fmt: skip
def test_wagtails_addresses_of_the_reset_lead_to_ours(client, tree, path, goal):
    assert client.get(f"/admin/password_reset/{path}").url == goal


def test_a_link_of_a_letter_that_wagtail_sent_is_still_good(client, alice):
    uid, token = urlsafe_base64_encode(force_bytes(alice.pk)), default_token_generator.make_token(alice)
    response = client.get(f"/admin/password_reset/confirm/{uid}/{token}/", follow=True)
    assert response.status_code == 200 and b'name="password1"' in response.content


def test_an_address_is_confirmed_by_a_press_of_a_button(client, alice):
    address = EmailAddress.objects.create(user=alice, email=alice.email, primary=True)
    path = reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(address).key])
    assert alice.email in client.get(path).content.decode()
    assert not EmailAddress.objects.get().verified, "a scanner of links confirms nothing"
    client.post(path)
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("path", ["/admin/logout/", "/en/accounts/logout/"])
def test_nobody_is_signed_out_by_a_link(client, path):
    client.force_login(a_user(), backend="accounts.backends.PortalBackend")
    page = client.get(path)
    form = BeautifulSoup(page.content, "html.parser").find("form", action="/en/accounts/logout/")
    assert page.status_code == 200 and form["method"] == "post" and form.button.text == "Sign out"
    assert client.session.get("_auth_user_id")
    assert client.post(path).status_code == 302
    assert not client.session.get("_auth_user_id")


def test_whoever_is_signed_out_already_is_led_to_sign_in(client):
    assert client.get("/ru/accounts/logout/")["Location"] == "/ru/accounts/login/"
    assert client.put("/ru/accounts/logout/").status_code == 405
