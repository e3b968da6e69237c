"""From the search page to the mailbox and back: only its owner confirms, a link that is merely followed changes nothing,
and what is deleted is gone."""

import re
from datetime import timedelta
from urllib.parse import quote_from_bytes, urlencode, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.jobs import run
from alerts.matching import query_of
from alerts.models import CONFIRMED_WITHIN, AlertEmail, SentItem, Subscription
from alerts.subscribing import CLIENT, MAILBOX, PAUSE
from core.models import ThrottleEvent
from search.stored_queries import naming_kind
from tests.alerts.conftest import make_due
from tests.factories import a_practice, a_theme

pytestmark = pytest.mark.django_db
QUESTION = "q=school&theme=digital-skills"
READER = {"email": "Reader@Example.com", "frequency": "daily"}


@pytest.fixture
def reader(tree):
    """A browser without anything, whose posts need the form's token."""
    a_theme("digital-skills")
    return Client(enforce_csrf_checks=True)


def post(reader: Client, address: str, data: dict[str, str] | None = None, button: str = ""):
    """Fill in the form of a page and send it, or press one of its buttons."""
    page = BeautifulSoup(reader.get(address).content, "html.parser")
    form = next(form for form in page.find_all("form") if form.get("method") == "post")
    if button:
        pressed = form.find("button", value=button)
        data = {pressed["name"]: pressed["value"]}
    hidden = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    return reader.post(address, hidden | (data or {}))


def link(pattern: str) -> str:
    """The path of the link in the last e-mail that looks like this."""
    return re.search(rf"^https?://[^/]+({pattern})$", mail.outbox[-1].body, re.MULTILINE)[1]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_from_an_empty_answer_to_the_first_alert(reader, tree, language):
    search = reader.get(f"/{language}/search/?{QUESTION}&sort=title&page=1").content.decode()
    address = BeautifulSoup(search, "html.parser").find("a", href=re.compile("/alerts/new/"))["href"]
    assert address == f"/{language}/alerts/new/?{QUESTION}", "an empty answer is when one wants an alert"
    form = reader.get(address)
    assert "no-store" in form["Cache-Control"]
    words = form.content.decode()
    assert {"en": "“school”", "ru": "«school»"}[language] in words
    assert a_theme("digital-skills").label(language) in words

    sent = post(reader, address, READER)
    assert sent.status_code == 302
    assert "reader" not in sent.url.lower()
    assert "no-store" in reader.get(sent.url)["Cache-Control"]
    [subscription] = Subscription.objects.all()
    assert (subscription.email, subscription.query, subscription.language) == (
        "reader@example.com",
        naming_kind(QUESTION, "practice"),
        language,
    )
    assert mail.outbox[0].to == ["reader@example.com"]

    manage = link(rf"/{language}/alerts/[\w-]+/")
    a_practice(tree.section(), title="A school before", themes=["digital-skills"])
    reader.get(manage)
    make_due(subscription)
    run()
    assert len(mail.outbox) == 1, "followed, not confirmed"
    assert post(reader, manage, button="confirm").status_code == 302
    assert BeautifulSoup(reader.get(manage).content, "html.parser").find(class_="notice--success")

    a_practice(tree.section(), title="A school after", themes=["digital-skills"])
    Subscription.objects.get().confirm(timezone.now())  # again: what is new is not counted anew
    make_due(subscription)
    run()
    assert len(mail.outbox) == 2
    assert "A school after" in mail.outbox[1].body
    assert "A school before" not in mail.outbox[1].body


@pytest.mark.parametrize(
    ("spellings", "stored", "shown"),
    [
        (
            ["Reader@Пример.рф", "reader@xn--e1afmkfd.xn--p1ai", "reader@XN--E1AFMKFD.xn--p1ai"],
            "reader@xn--e1afmkfd.xn--p1ai",
            "reader@пример.рф",
        ),
        (
            ["Reader@Straße.de", "reader@xn--strae-oqa.de"],
            "reader@xn--strae-oqa.de",
            "reader@straße.de",
        ),
    ],
)
def test_a_mailbox_spelled_in_two_ways_is_one_subscriber_who_reads_it_in_letters(
    reader, tree, spellings, stored, shown
):
    for email in spellings:
        assert post(reader, "/en/alerts/new/?q=school", READER | {"email": email}).status_code == 302
    [subscription] = Subscription.objects.all()
    assert subscription.email == stored
    assert len(mail.outbox) == 1
    assert shown in reader.get(link(r"/en/alerts/[\w-]+/")).content.decode()


def test_one_click_in_the_mail_program_deletes_at_once(reader, tree, subscribe):
    subscribe(language="ru")
    a_practice(tree.section(), title="Schools online")
    run()
    address = mail.outbox[0].message()["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]

    page = reader.get(path)
    assert page.status_code == 200
    assert 'lang="ru"' in page.content.decode()
    assert Subscription.objects.exists(), "a scanner that follows links changes nothing"
    gone = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert gone.status_code == 200
    assert not gone.cookies
    assert not any(model.objects.exists() for model in (Subscription, AlertEmail, SentItem))
    again = reader.post(path, {"List-Unsubscribe": "One-Click"})
    assert again.status_code == 200
    assert reader.get(link(r"/ru/alerts/[\w-]+/")).status_code == 200, "gone is no error"


def test_buttons_change_and_delete(reader, subscribe):
    first = subscribe("theme=digital-skills")
    subscribe("country=KZ")
    subscribe("country=KZ", email="another@example.com")
    manage = f"/en/alerts/{first.token}/"
    post(reader, manage, button="daily")
    first.refresh_from_db()
    assert first.frequency == "daily"
    assert timedelta(hours=23) < first.due - timezone.now() <= timedelta(days=1)
    assert reader.post(manage, {"action": "delete"}).status_code == 403, "no other site presses a button"
    post(reader, manage, button="delete-all")
    assert [kept.email for kept in Subscription.objects.all()] == ["another@example.com"]


def test_errors_stand_beside_the_fields_and_what_was_typed_comes_back(reader):
    address = f"/en/alerts/new/?{QUESTION}"
    page = post(reader, address, {"email": "nonsense", "frequency": "daily", "website": ""})
    shown = BeautifulSoup(page.content, "html.parser")
    assert shown.find(class_="field--error").input["value"] == "nonsense"
    assert shown.find("option", selected=True)["value"] == "daily"
    trapped = post(reader, address, READER | {"website": "https://spam.example"})
    assert "notice--error" in trapped.content.decode()
    too_long = "&".join(f"tag={'word' * 12}-{number}" for number in range(50))
    assert "too long" in post(reader, f"/en/alerts/new/?{too_long}", READER).content.decode()
    assert not mail.outbox
    assert not Subscription.objects.exists()


def test_what_the_page_says_tells_nobody_which_addresses_are_known(reader, subscribe):
    known = subscribe(QUESTION)
    Subscription.objects.update(asked=timezone.now() - 2 * PAUSE)
    answers = [post(reader, f"/en/alerts/new/?{QUESTION}", READER | {"email": email})
               for email in ("reader@example.com", "stranger@example.com", "reader@example.com")]  # fmt: skip
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert [message.to[0] for message in mail.outbox] == ["reader@example.com", "stranger@example.com"]
    assert known.token in mail.outbox[0].body, "the owner finds the alert again"
    known.refresh_from_db()
    assert known.confirmed, "nobody else changes it"
    assert known.frequency == "weekly", "nobody else changes it"


def test_no_mailbox_is_flooded(reader):
    """However a mailbox is spelled, whatever is asked for, and again and again: three e-mails a day."""
    start, spellings = timezone.now(), ("Reader@Example.com", "reader+1@example.com", "reader+2@EXAMPLE.com")
    for hour in range(24):
        with time_machine.travel(start + timedelta(minutes=59 * hour)):
            for number, email in enumerate(spellings):
                post(reader, f"/en/alerts/new/?year=20{number + 10}", READER | {"email": email})
    assert len(mail.outbox) == MAILBOX.limit
    assert Subscription.objects.count() <= MAILBOX.limit


def test_no_client_floods_many_mailboxes(reader):
    answers = [post(reader, "/en/alerts/new/", READER | {"email": f"reader{number}@example.com"}).status_code
               for number in range(CLIENT.limit + 2)]  # fmt: skip
    assert answers == [302] * CLIENT.limit + [429] * 2
    assert Subscription.objects.count() == len(mail.outbox) == CLIENT.limit


def test_who_confirms_may_ask_for_more(reader):
    for number in range(MAILBOX.limit + 2):
        post(reader, f"/en/alerts/new/?year=20{number + 10}", READER)
        post(reader, link(r"/en/alerts/[\w-]+/"), button="confirm")
    assert Subscription.objects.count() == len(mail.outbox) == MAILBOX.limit + 2


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Your account is closed, visit http://evil.example/x", "“Your account is closed visit …”"),
        ("evil.example", "“…”"),
        ("mail@evil.example пример.рф broadband", "“broadband …”"),
        ("one two three four five six seven", "“one two three four five …”"),
        ("a" * 150, f"“{'a' * 60} …”"),
    ],
)
def test_a_confirmation_carries_no_message_of_a_stranger(reader, typed, printed):
    post(reader, f"/en/alerts/new/?{urlencode({'q': typed, 'theme': 'digital-skills'})}", READER)
    alert_email = mail.outbox[0]
    html = alert_email.alternatives[0].content
    for text in (alert_email.subject, alert_email.body, html):
        assert "evil" not in text
        assert "пример.рф" not in text
    assert alert_email.subject == "Confirm your alert"
    assert printed in alert_email.body
    assert "Theme" in alert_email.body
    links = [a["href"] for a in BeautifulSoup(html, "html.parser").find_all("a")]
    assert [urlsplit(url).path for url in links] == [f"/en/alerts/{Subscription.objects.get().token}/"]


def test_what_nobody_confirms_is_forgotten(reader):
    post(reader, f"/en/alerts/new/?{QUESTION}", READER)
    manage = link(r"/en/alerts/[\w-]+/")
    Subscription.objects.update(asked=timezone.now() - CONFIRMED_WITHIN - timedelta(minutes=1))
    assert 'value="confirm"' not in reader.get(manage).content.decode()
    run()
    assert not Subscription.objects.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # nothing is kept between examples
@given(st.binary(max_size=60), st.sampled_from(["q", "country", "page", "tag", "year", "sort", "all"]))
def test_whatever_is_asked_can_be_kept_and_asked_again(client, raw, name):
    Subscription.objects.all().delete()
    ThrottleEvent.objects.all().delete()
    query_string = f"country=ZZ&year=2020&{name}={quote_from_bytes(raw)}"
    answer = client.post("/ru/alerts/new/", READER, QUERY_STRING=query_string)
    if answer.status_code == 200:
        assert "По одной букве искать нельзя" in answer.content.decode()
        return
    assert answer.status_code == 302
    [subscription] = Subscription.objects.all()
    assert query_of(subscription).to_query_string() == subscription.query
    assert client.get(f"/ru/alerts/{subscription.token}/").status_code == 200


def test_a_search_that_never_matches_gets_no_alert(reader):
    for address in ("/en/alerts/new/?q=a", "/en/alerts/new/?q=a&country=KZ"):
        assert "One letter is too short to search for." in reader.get(address).content.decode()
        refused = post(reader, address, READER)
        assert refused.status_code == 200
    assert not Subscription.objects.exists()


def test_a_misspelt_search_is_told_its_correction(reader, tree):
    a_practice(tree.section("kazakhstan"), title="Rural broadband")
    page = BeautifulSoup(reader.get("/en/alerts/new/?q=brodband&country=KZ&correct=0").content, "html.parser")
    link_of_correction = page.select_one("#suggestion a")
    assert (link_of_correction.get_text(), link_of_correction["href"]) == (
        "broadband",
        "/en/alerts/new/?q=broadband&country=KZ",
    )
    assert "Did you mean" not in reader.get(link_of_correction["href"]).content.decode()
