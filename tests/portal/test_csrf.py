"""A form whose token is refused: said on a page of the portal, in the reader's language, and what was typed is kept."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from alerts.models import Subscription
from enquiries.models import Message
from tests.factories import a_focal_point, a_practice
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]
SITE = "http://testserver"
TEXT = "How did you agree with the operators on a price?"


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def parse(response):
    return BeautifulSoup(response.content, "html.parser")


def refuse(reader, path, data=None, **headers):
    """Send the form as it stood before the reader signed in in another tab."""
    reader.get(path)
    return reader.post(path, {"csrfmiddlewaretoken": "a" * 64} | (data or {}), headers=headers)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "path", ["accounts/login/", "accounts/password/reset/", "accounts/logout/", "admin/pages/"]
)
def test_a_refused_token_is_said_on_a_page_of_the_portal(reader, tree, language, path):
    path = f"/{path}" if path.startswith("admin") else f"/{language}/{path}"
    other = {"en": "ru", "ru": "en"}[language]
    browser = language if path.startswith("/admin") else other
    response = reader.post(
        path, headers={"accept-language": browser, "referer": f"{SITE}/{language}/x/?a=1#b"}
    )
    page = parse(response)
    assert response.status_code == 403
    assert page.html["lang"] == language
    assert "no-store" in response["Cache-Control"]
    assert page.select_one(".masthead")
    assert (page.h1.get_text() == {
        "en": "Nothing was sent", "ru": "Ничего не отправлено",
    }[language])  # fmt: skip
    main = page.select_one("main")
    assert {reader.get(link["href"], follow=True).status_code for link in page.select("#languages a")} == {
        200
    }
    assert main.find("a", href=f"/{language}/x/?a=1")
    assert main.find("a", href=f"/{language}/")
    assert "CSRF" not in page.get_text()
    assert "cookie" in main.get_text()


@pytest.mark.parametrize("referrer", ["", "https://evil.example/x", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(reader, tree, referrer):
    page = parse(reader.post("/en/accounts/login/", headers={"referer": referrer}))
    assert [link["href"] for link in page.select("main a")] == ["/en/"]


def test_the_admin_says_it_in_the_language_of_the_person(reader, tree):
    alice = a_focal_point(tree.section())
    UserProfile.objects.create(user=alice, preferred_language="ru")
    reader.force_login(alice, backend="accounts.backends.PortalBackend")
    response = reader.post(reverse("wagtailadmin_account"), headers={"accept-language": "en"})
    assert response.status_code == 403
    assert parse(response).html["lang"] == "ru"


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", ["contact", "report", "adopted", "alert"])
def test_what_was_typed_stays_and_is_sent_once_more(reader, tree, language, kind):
    key = a_practice(tree.section()).translation_key
    path = f"/{language}/alerts/new/?q=fibre" if kind == "alert" else f"/{language}/record/{key}/{kind}/"
    typed = {"text": TEXT, "sender_name": "Aigul", "sender_email": "a@example.org", "country": "Estonia",
             "organisation": "Us", "email": "a@example.org", "frequency": "daily"}  # fmt: skip

    refused = refuse(reader, path, typed)
    form = parse(refused).select_one("main form[method=post]")
    assert refused.status_code == 403
    assert not Message.objects.exists()
    assert not Subscription.objects.exists()
    said = parse(refused).select_one("main .notice--error").get_text()
    assert {"en": "Nothing has been sent yet", "ru": "Пока ничего не отправлено"}[language] in said
    fields = {field["name"]: field.get("value", "") for field in form.select("input:not([type=radio])")}
    fields |= {field["name"]: field.get_text().strip() for field in form.select("textarea")}
    fields |= {field["name"]: field["value"] for field in form.select("input[type=radio][checked]")}
    fields |= {
        field["name"]: field.select_one("option[selected]")["value"] for field in form.select("select")
    }
    kept = {name: value for name, value in fields.items() if name in typed}
    assert kept
    assert kept == {name: typed[name] for name in kept}

    assert reader.post(path, fields).status_code == 302


def test_a_sign_in_in_another_tab_keeps_the_text_of_a_report(reader, tree):
    a_focal_point(tree.section(), username="alice")
    path = f"/en/record/{a_practice(tree.section()).translation_key}/report/"
    old = parse(reader.get(path)).find("input", {"name": "csrfmiddlewaretoken"})["value"]
    sign_in = parse(reader.get("/en/accounts/login/")).find("input", {"name": "csrfmiddlewaretoken"})["value"]
    answer = {"csrfmiddlewaretoken": sign_in, "login": "alice", "password": PASSWORD}
    assert reader.post("/en/accounts/login/", answer).status_code == 302
    response = reader.post(path, {"csrfmiddlewaretoken": old, "text": TEXT})
    assert response.status_code == 403
    assert TEXT in parse(response).textarea.get_text()


def test_a_pages_password_refused_leads_back_to_the_page(reader, tree):
    page = a_practice(tree.section())
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
    form = parse(reader.get(page.url)).select_one("main form")
    response = reader.post(form["action"], {"password": "secret"}, headers={"referer": SITE + page.url})
    assert response.status_code == 403
    assert parse(response).find("a", href=page.url)
