"""Signing in and out, and the pages for it. Guessers: test_lockout.py; a new password: test_password_reset.py."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from accounts.models import User
from tests.accounts.signing_in import HOME, RESET, SIGN_IN, signed_in_as, try_password
from tests.factories import a_focal_point, a_practice, a_user
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting"), pytest.mark.sqlite_suffices]


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
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert page.html["lang"] == language
    assert page.select_one(".masthead")
    assert page.select_one(".crumbs a")
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
    assert signed_in_as(response)
    assert response.url == HOME
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
    assert response.status_code == 302
    assert response.url.startswith(SIGN_IN)
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
    assert page.html["lang"] == language
    assert words in page.h1.get_text()
    assert name in page.main.get_text()
    assert page.find("a", href=f"mailto:{settings.SECRETARIAT_EMAIL}")
    assert page.find("form", action=f"/{language}/accounts/logout/")
    assert not page.find("input", attrs={"name": "password"})
    a_role = a_focal_point(tree.section()).groups.get()
    User.objects.get(username=name).groups.add(a_role)
    home = client.get(HOME)
    assert home.status_code == 200, "no word is left over"
    assert b"do not have permission" not in home.content, "no word is left over"


def test_who_is_signed_in_but_may_not_read_a_page_is_told_so_and_not_sent_in_circles(client, alice, tree):
    wall = PageViewRestriction.objects.create(page=tree.section(), restriction_type="groups")
    wall.groups.add(Group.objects.create(name="Others"))
    client.force_login(alice, backend="accounts.backends.PortalBackend")
    response = client.get(tree.section().url, follow=True)
    page = BeautifulSoup(response.content, "html.parser")
    assert "signed in already" in page.h1.get_text()
    assert page.find("a", href=tree.section().url)
    evil = client.get(SIGN_IN, {"next": "javascript:alert(1)"})
    assert evil.status_code == 302
    assert evil.url == HOME


@pytest.mark.parametrize("return_url", [None, "", "https://evil.example/", "//evil.example"])
def test_the_right_password_of_a_page_leads_to_the_page(client, tree, return_url):
    page = a_practice(tree.section())
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
    asked = BeautifulSoup(client.get(page.url + "?x=1").content, "html.parser")
    form, title = asked.select_one("main form"), page.title
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert asked.select_one(".masthead")
    assert title not in str(asked)
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


@pytest.mark.parametrize("path", ["/admin/logout/", "/en/accounts/logout/"])
def test_nobody_is_signed_out_by_a_link(client, path):
    client.force_login(a_user(), backend="accounts.backends.PortalBackend")
    page = client.get(path)
    form = BeautifulSoup(page.content, "html.parser").find("form", action="/en/accounts/logout/")
    assert page.status_code == 200
    assert form["method"] == "post"
    assert form.button.text == "Sign out"
    assert client.session.get("_auth_user_id")
    assert client.post(path).status_code == 302
    assert not client.session.get("_auth_user_id")


def test_whoever_is_signed_out_already_is_led_to_sign_in(client):
    assert client.get("/ru/accounts/logout/")["Location"] == "/ru/accounts/login/"
    assert client.put("/ru/accounts/logout/").status_code == 405
