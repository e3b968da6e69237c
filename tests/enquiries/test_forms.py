"""A reader writes to the people behind a practice, or reports an error: it is kept and passed on.

Limits: test_queue.py; what may go wrong on the way: test_delivery.py.
"""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from enquiries.models import Message
from tests.enquiries.messaging import SENDER, TEXT, errors, send
from tests.factories import a_focal_point, a_practice, a_user

pytestmark = pytest.mark.django_db


def test_a_question_is_kept_and_reaches_the_contact(client, contact, practice):
    page = client.get(contact)
    assert "no-store" in page["Cache-Control"]
    assert 'name="csrfmiddlewaretoken"' in page.content.decode()

    response = send(client, contact, SENDER)

    assert response.status_code == 302
    thanks = client.get(response.url).content.decode()
    assert "Thank you" in thanks
    assert practice.url in thanks
    [message] = mail.outbox
    assert message.recipients() == ["office@example.org"]
    assert message.to == [], "recipients do not learn each other's addresses"
    assert message.from_email == "portal@speca.example"
    assert message.message()["Reply-To"].endswith("<reader@example.com>")
    assert TEXT in message.body
    assert practice.title in message.subject
    assert practice.url in message.body
    kept = Message.objects.get()
    assert (kept.record_key, kept.kind, kept.text, kept.sender_name, kept.sender_email, kept.language) == (
        practice.translation_key, "contact", TEXT, "Айгуль", "reader@example.com", "en",
    )  # fmt: skip
    assert kept.delivered
    assert kept.delivered_to == ["office@example.org"]
    assert "office@example.org" not in page.content.decode() + thanks


def test_a_report_reaches_the_focal_points_of_the_section(client, report, practice, tree):
    Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan"))
    Role.objects.group(focal_points_code("TJ"), focal_points("Tajikistan"))
    a_user(focal_points("Kazakhstan"), email="kz@example.org")
    a_user(focal_points("Kazakhstan"), email="gone@example.org", is_active=False)
    a_user(focal_points("Tajikistan"), email="tj@example.org")

    assert send(client, report, {"text": TEXT}).status_code == 302, "who reports need not say who they are"

    [message] = mail.outbox
    assert message.recipients() == ["kz@example.org"]
    assert message.reply_to == []


@pytest.mark.parametrize(("kind", "fields"), [("report", {}), ("contact", {"contacts": []})])
def test_where_there_is_nobody_the_secretariat_gets_it(client, tree, kind, fields):
    practice = a_practice(tree.section("international"), **fields)

    send(client, f"/ru/record/{practice.translation_key}/{kind}/", SENDER)

    assert mail.outbox[0].recipients() == ["secretariat@speca.example"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_errors_stand_beside_the_fields_and_what_was_typed_comes_back(client, contact, language):
    response = client.post(
        contact.replace("/en/", f"/{language}/"), {"text": "Too short", "sender_email": "nonsense"}
    )

    assert set(errors(response)) == {"text", "sender_name", "sender_email"}
    page = BeautifulSoup(response.content, "html.parser")
    assert page.html["lang"] == language
    assert page.find("textarea").get_text(strip=True) == "Too short"
    assert page.find("input", {"name": "sender_email"})["value"] == "nonsense"
    assert page.find("a", href=f"#{page.find('textarea')['id']}"), "the summary leads to the field"
    assert "no-store" in response["Cache-Control"]
    assert not mail.outbox
    assert not Message.objects.exists()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_address_that_no_mail_reaches_is_an_error_of_its_field(client, contact, language):
    response = client.post(contact.replace("/en/", f"/{language}/"), SENDER | {"sender_email": "me@☺.la"})
    assert set(errors(response)) == {"sender_email"}
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find("input", {"name": "sender_email"})["value"] == "me@☺.la"


def test_control_characters_are_cleaned_away(client, contact):
    sender = {
        "text": f"\x00{TEXT}\x0b\nSecond line",
        "sender_name": "A\r\nBcc: x@example.org\x00",
        "sender_email": "a\x00b@example.com",
    }

    assert send(client, contact, sender).status_code == 302

    kept = Message.objects.get()
    assert kept.text == f"{TEXT}\nSecond line"
    assert (kept.sender_name, kept.sender_email) == ("A Bcc: x@example.org", "ab@example.com")
    assert mail.outbox[0].recipients() == ["office@example.org"]


def test_a_filled_trap_sends_nothing_and_says_so(client, contact):
    response = client.post(contact, SENDER | {"website": "https://spam.example"})

    assert errors(response)[""]
    assert "spam.example" not in response.content.decode(), "a person need only send again"
    assert not mail.outbox
    assert not Message.objects.exists()


def test_a_form_needs_a_public_practice_and_a_token(tree, practice, contact):
    draft = a_practice(tree.section(), live=False)
    client = Client(enforce_csrf_checks=True)

    assert client.get(f"/en/record/{draft.translation_key}/contact/").status_code == 404
    assert client.get("/en/record/no-key/contact/").status_code == 404
    assert client.get(contact.replace("contact", "other") + "sent/").status_code == 404
    assert send(client, contact, SENDER).status_code == 403
    assert Client().put(contact).status_code == 405


def test_the_form_of_an_untranslated_practice_speaks_the_readers_language(client, contact, practice):
    page = BeautifulSoup(client.get(contact.replace("/en/", "/ru/")).content, "html.parser")

    assert page.html["lang"] == "ru"
    back = page.find("nav", class_="crumbs").a
    assert back["href"] == practice.url.replace("/en/", "/ru/")
    assert back.span["lang"] == "en"
    assert not page.head.find("link", hreflang=True)
    assert page.find("nav", class_="languages").a["href"] == contact


def test_the_secretariat_reads_the_copies_and_nobody_changes_them(client, admin_client, contact, tree):
    Client().post(contact, SENDER)
    copy = Message.objects.get()

    listed = admin_client.get(reverse("messages:index"))
    assert "Schools online" in listed.content.decode()
    shown = admin_client.get(reverse("messages:inspect", args=[copy.pk]))
    assert TEXT in shown.content.decode()
    for path in ("new/", f"edit/{copy.pk}/", f"delete/{copy.pk}/", f"inspect/{copy.pk}/"):
        admin_client.post(f"/admin/messages/{path}", {"title": "Changed", "text": "Changed"})
    assert Message.objects.get().text == TEXT

    reader, index = a_focal_point(tree.section()), reverse("messages:index")
    client.force_login(reader, backend="accounts.backends.PortalBackend")
    assert client.get(index).status_code == 302
    reader.groups.get().permissions.add(Permission.objects.get(codename="view_message"))
    assert client.get(index).status_code == 200
