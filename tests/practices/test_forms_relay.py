"""A reader writes to the people behind a practice, or reports an error: kept, passed on, never flooded."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from core.jobs import enqueue
from core.jobs.worker import run_all
from core.models import ThrottleEvent
from practices import relay
from practices.models import Message
from practices.relay import (
    CLIENT,
    CLIENT_A_DAY,
    CLIENT_AND_PRACTICE,
    CLIENT_AND_PRACTICE_A_DAY,
    DELIVERED_PER_PRACTICE,
    MOST_WAITING,
)
from tests.factories import a_focal_point, a_practice, a_user

TEXT = "How did you agree with the operators on a price?"
SENDER = {"text": TEXT, "sender_name": "Айгуль", "sender_email": "reader@example.com"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(tree):
    return a_practice(tree.section(), title="Schools online")


@pytest.fixture
def contact(practice):
    return f"/en/practice/{practice.translation_key}/contact/"


@pytest.fixture
def report(practice):
    return f"/en/practice/{practice.translation_key}/report/"


def send(client, address: str, data: dict = SENDER, **extra):
    """Post the form; then the worker does what it was asked."""
    response = client.post(address, data, **extra)
    run_all()
    return response


def by_the_worker() -> None:
    enqueue("practices.deliver_messages")
    run_all()


def errors(response) -> dict[str, str]:
    """The errors by the field beside which they stand; those of no field under the empty name."""
    page = BeautifulSoup(response.content, "html.parser")
    found = {field.find(["input", "textarea"])["name"]: field.find(class_="field__error").get_text(strip=True)
             for field in page.find_all(class_="field--error")}  # fmt: skip
    general = [item.get_text(strip=True) for item in page.select(".notice--error li") if not item.a]
    return found | ({"": general[0]} if general else {})


def test_a_question_is_kept_and_reaches_the_contact(client, contact, practice):
    page = client.get(contact)
    assert "no-store" in page["Cache-Control"]
    assert 'name="csrfmiddlewaretoken"' in page.content.decode()

    response = send(client, contact, SENDER)

    assert response.status_code == 302
    thanks = client.get(response.url).content.decode()
    assert "Thank you" in thanks and practice.url in thanks
    [message] = mail.outbox
    assert message.recipients() == ["office@example.org"]
    assert message.to == [], "recipients do not learn each other's addresses"
    assert message.from_email == "portal@speca.example"
    assert message.message()["Reply-To"].endswith("<reader@example.com>")
    assert TEXT in message.body and practice.title in message.subject and practice.url in message.body
    kept = Message.objects.get()
    assert (kept.practice_key, kept.kind, kept.text, kept.sender_name, kept.sender_email, kept.language) == (
        practice.translation_key, "contact", TEXT, "Айгуль", "reader@example.com", "en",
    )  # fmt: skip
    assert kept.delivered and kept.delivered_to == ["office@example.org"]
    assert "office@example.org" not in page.content.decode() + thanks


def test_a_report_reaches_the_focal_points_of_the_section(client, report, practice, tree):
    Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan"))
    Role.objects.group(focal_points_code("TJ"), focal_points("Tajikistan"))
    a_user(focal_points("Kazakhstan"), email="kz@example.org")
    a_user(focal_points("Kazakhstan"), email="gone@example.org", is_active=False)
    a_user(focal_points("Tajikistan"), email="tj@example.org")

    assert send(client, report, {"text": TEXT}).status_code == 302, "who reports need not say who they are"

    [message] = mail.outbox
    assert message.recipients() == ["kz@example.org"] and message.reply_to == []


@pytest.mark.parametrize(("kind", "fields"), [("report", {}), ("contact", {"contacts": []})])
def test_where_there_is_nobody_the_secretariat_gets_it(client, tree, kind, fields):
    practice = a_practice(tree.section("international"), **fields)

    send(client, f"/ru/practice/{practice.translation_key}/{kind}/", SENDER)

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
    assert not mail.outbox and not Message.objects.exists()


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
    assert not mail.outbox and not Message.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "will be passed on later"), ("ru", "будет передано позже")]
)
def test_what_is_above_a_clients_limit_is_accepted_and_delivered_later(client, contact, language, said):
    contact = contact.replace("/en/", f"/{language}/")
    limit = CLIENT_AND_PRACTICE.limit
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        answers = [send(client, contact) for _ in range(2 * limit + 1)]
        assert [answer.status_code for answer in answers] == [302] * len(answers)
        assert [said in client.get(answer.url).content.decode() for answer in answers] == (
            [False] * limit + [True] * (limit + 1)
        )
        assert len(mail.outbox) == limit
        assert not client.get(answers[-1].url).content.decode().count("has been passed on")
        assert send(client, contact, SENDER, REMOTE_ADDR="192.0.2.7").status_code == 302
        assert len(mail.outbox) == limit + 1, "nobody else waits"
    for hours, delivered in ((0.9, limit), (1, 2 * limit), (1.9, 2 * limit), (2, 2 * limit + 1)):
        with time_machine.travel(start + timedelta(hours=hours, seconds=1), tick=False):
            call_command("deliver_messages")
            by_the_worker()
        assert len(mail.outbox) == delivered + 1, f"after {hours} hours"


def test_one_client_cannot_fill_the_queue(client, contact, tree):
    """Nor, alone, a practice's share of a day. What was typed comes back."""
    statuses = [client.post(contact, SENDER).status_code for _ in range(CLIENT_AND_PRACTICE_A_DAY.limit)]
    assert set(statuses) == {302} and CLIENT_AND_PRACTICE_A_DAY.limit < DELIVERED_PER_PRACTICE
    refused = client.post(contact, SENDER)
    assert refused.status_code == 429
    assert errors(refused)[""] and TEXT in refused.content.decode()

    left = CLIENT_A_DAY.limit - CLIENT_AND_PRACTICE_A_DAY.limit
    urls = [f"/en/practice/{a_practice(tree.section()).translation_key}/contact/" for _ in range(8)]
    statuses = [client.post(urls[number % 8], SENDER).status_code for number in range(left + 1)]
    assert statuses == [302] * left + [429]
    assert Message.objects.count() == CLIENT_A_DAY.limit
    run_all()
    assert CLIENT_AND_PRACTICE.limit <= len(mail.outbox) <= CLIENT.limit, "the rest waits"
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        by_the_worker()
        assert not Message.objects.undelivered().exists()
        assert send(client, contact).status_code == 302


def test_who_writes_to_a_practice_with_a_full_mailbox_is_told(client, contact):
    for number in range(DELIVERED_PER_PRACTICE):
        assert "?" not in send(client, contact, SENDER, REMOTE_ADDR=f"192.0.2.{number}").url
    late = send(client, contact, SENDER, REMOTE_ADDR="192.0.2.200")
    assert "will be passed on later" in client.get(late.url).content.decode()


def test_a_flood_silences_no_practice_and_fills_no_mailbox(client, contact, tree):
    """What is above a day's share is accepted and delivered later."""
    for number in range(DELIVERED_PER_PRACTICE + 5):
        assert client.post(contact, SENDER, REMOTE_ADDR=f"192.0.2.{number}").status_code == 302
    run_all()
    assert len(mail.outbox) == DELIVERED_PER_PRACTICE
    other = a_practice(tree.section())
    send(client, f"/en/practice/{other.translation_key}/contact/")
    assert len(mail.outbox) == DELIVERED_PER_PRACTICE + 1, "other practices' messages go on"

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        call_command("deliver_messages")
    assert not Message.objects.undelivered().exists()
    assert len(mail.outbox) == DELIVERED_PER_PRACTICE + 6


def flood(address: str, clients: int, each: int = CLIENT_AND_PRACTICE_A_DAY.limit) -> list[int]:
    """Messages of clients, each as many as it may send in a day; the status of each answer."""
    return [
        Client()
        .post(address, SENDER | {"text": f"Flood {TEXT}"}, REMOTE_ADDR=f"198.51.100.{number}")
        .status_code
        for _ in range(each)
        for number in range(clients)
    ]


@pytest.mark.parametrize("deliver", [by_the_worker, lambda: call_command("deliver_messages")])
def test_the_first_message_of_a_reader_goes_before_the_later_ones_of_others(client, contact, deliver):
    """Ten clients fill the queue of a practice, day after day; an honest reader's message is among those of the next day."""
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        assert set(flood(contact, 10, each=2)) == {302}
        run_all()
        assert len(mail.outbox) == DELIVERED_PER_PRACTICE
        assert set(flood(contact, 10, each=10)) == {302}
        asked = client.post(contact, SENDER | {"text": f"Honest {TEXT}"}, REMOTE_ADDR="192.0.2.7")
        assert "?later" in asked.url and not any("Honest" in letter.body for letter in mail.outbox)
    with time_machine.travel(start + timedelta(hours=25), tick=False):
        flood(contact, 10)
        deliver()
    assert len(mail.outbox) == 2 * DELIVERED_PER_PRACTICE
    assert any("Honest" in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_waits_for_a_practice_has_a_ceiling(client, contact, language):
    """The text is kept; who writes for the first time is refused only where so many others did."""
    contact = contact.replace("/en/", f"/{language}/")
    for day in range(3):
        with time_machine.travel(timezone.now() + timedelta(hours=25 * day), tick=False):
            statuses = flood(contact, 12)
            assert day == 0 or 429 in statuses
            assert Message.objects.undelivered().count() < 2 * MOST_WAITING, (
                "a few first ones are still taken"
            )
            assert client.post(contact, SENDER, REMOTE_ADDR=f"192.0.2.{day}").status_code == 302
    one = Message.objects.first()
    Message.objects.bulk_create(
        Message(practice_key=one.practice_key, practice_title="", kind="contact", text=TEXT, language="en")
        for _ in range(MOST_WAITING)
    )
    refused = client.post(contact, SENDER, REMOTE_ADDR="192.0.2.77")
    assert refused.status_code == 429 and TEXT in refused.content.decode()
    assert "secretariat@speca.example" in errors(refused)[""]
    assert not CLIENT_AND_PRACTICE_A_DAY.count(f"192.0.2.77 {one.practice_key}"), (
        "a refusal takes nobody's turn"
    )


@pytest.mark.parametrize(("language", "told"), [("en", "at most 20 a day"), ("ru", "не более 20 в день")])
def test_who_waits_is_told_how_many_go_and_no_untrue_time(client, contact, language, told):
    contact = contact.replace("/en/", f"/{language}/")
    flood(contact, 8, each=3)
    run_all()
    url = client.post(contact, SENDER, REMOTE_ADDR="192.0.2.7").url
    run_all()
    page = BeautifulSoup(client.get(url).content, "html.parser").select_one("main").get_text()
    assert told in page and "within a day" not in page and "течение" not in page


def test_a_message_behind_as_many_as_go_in_a_day_is_not_said_to_be_passed_on(client, contact):
    """The worker has not come to those before it yet."""
    for number in range(DELIVERED_PER_PRACTICE):
        client.post(contact, SENDER, REMOTE_ADDR=f"198.51.100.{number}")
    assert "?later" in client.post(contact, SENDER, REMOTE_ADDR="192.0.2.7").url


NAMES = st.text(max_size=130) | st.text("абвгдежзиклмнопрстуфхцчшщъыьэюя ", min_size=20, max_size=120)
LABELS = st.text("abcdefghijабвгдежі-", min_size=1, max_size=63)
EMAILS = st.builds(
    "{}@{}.{}".format, st.text("abc.+-", min_size=1, max_size=20), LABELS, st.sampled_from(["org", "рф"])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=NAMES, email=EMAILS | st.text(max_size=80), form=st.sampled_from(["contact", "report", "adopted"])
)
@example("Назарбаева Дарига Нурсултановна", "reader@example.com", "contact")
@example("Line\u2028separator and next\x85line", "reader@example.com", "report")
@example("Айгуль", f"reader@{'я' * 60}.рф", "contact")
@example('Quote " and, comma', "reader@example.com", "adopted")
def test_what_the_form_takes_is_delivered(practice, name, email, form):
    mail.outbox.clear()
    ThrottleEvent.objects.all().delete()
    Message.objects.all().delete()
    url = f"/en/practice/{practice.translation_key}/{form}/"
    data = {"text": TEXT, "sender_name": name, "sender_email": email, "country": name, "organisation": name}
    response = send(Client(), url, data)
    assert response.status_code in (200, 302)
    if response.status_code == 302:
        assert Message.objects.get().delivered
        sent = mail.outbox[0].message()
        assert message_from_bytes(sent.as_bytes(), policy=default)["Reply-To"] or not email.strip()
        assert b"\nBcc" not in sent.as_bytes()


def test_a_message_outlives_an_outage_of_the_mail_server(client, contact, monkeypatch):
    def fail(*args):
        raise SMTPServerDisconnected

    with monkeypatch.context() as outage:
        outage.setattr(EmailBackend, "send_messages", fail)
        assert send(client, contact, SENDER).status_code == 302
    assert Message.objects.get().delivered is None

    call_command("deliver_messages")
    assert Message.objects.get().delivered and mail.outbox[0].recipients() == ["office@example.org"]
    call_command("deliver_messages")
    assert len(mail.outbox) == 1


def test_copies_are_kept_for_twelve_months(client, contact):
    send(client, contact, SENDER)
    send(client, contact, SENDER)
    first, second = Message.objects.all()
    Message.objects.filter(pk=first.pk).update(created=timezone.now() - timedelta(days=366))

    call_command("purge_messages")

    assert list(Message.objects.all()) == [second]


def test_a_form_needs_a_public_practice_and_a_token(tree, practice, contact):
    draft = a_practice(tree.section(), live=False)
    client = Client(enforce_csrf_checks=True)

    assert client.get(f"/en/practice/{draft.translation_key}/contact/").status_code == 404
    assert client.get("/en/practice/no-key/contact/").status_code == 404
    assert client.get(contact.replace("contact", "other") + "sent/").status_code == 404
    assert send(client, contact, SENDER).status_code == 403
    assert Client().put(contact).status_code == 405


def test_the_form_of_an_untranslated_practice_speaks_the_readers_language(client, contact, practice):
    page = BeautifulSoup(client.get(contact.replace("/en/", "/ru/")).content, "html.parser")

    assert page.html["lang"] == "ru"
    back = page.find("nav", class_="crumbs").a
    assert back["href"] == practice.url.replace("/en/", "/ru/") and back.span["lang"] == "en"
    assert not page.head.find("link", hreflang=True)
    assert page.find("nav", class_="languages").a["href"] == contact


def test_the_secretariat_reads_the_copies_and_nobody_changes_them(client, admin_client, contact, tree):
    Client().post(contact, SENDER)
    copy = Message.objects.get()

    listed = admin_client.get(reverse("messages:index"))
    assert "Schools online" in listed.content.decode()
    shown = admin_client.get(reverse("messages:inspect", args=[copy.pk]))
    assert TEXT in shown.content.decode()
    for name in ("add", "edit", "delete"):
        args = [] if name == "add" else [copy.pk]
        assert admin_client.get(reverse(f"messages:{name}", args=args)).status_code == 302
    assert Message.objects.get().text == TEXT

    reader, index = a_focal_point(tree.section()), reverse("messages:index")
    client.force_login(reader, backend="accounts.backends.PortalBackend")
    assert client.get(index).status_code == 302
    reader.groups.get().permissions.add(Permission.objects.get(codename="view_message"))
    assert client.get(index).status_code == 200


def test_an_address_in_other_letters_is_written_as_mail_has_it(client, contact):
    assert send(client, contact, SENDER | {"sender_email": "ivan@пример.рф"}).status_code == 302
    assert "@xn--e1afmkfd.xn--p1ai" in mail.outbox[0].reply_to[0]


@pytest.mark.parametrize("deliver", [by_the_worker, lambda: call_command("deliver_messages")])
def test_a_message_that_cannot_be_sent_keeps_back_no_other(client, contact, monkeypatch, deliver):
    for text in (TEXT, f"{TEXT} Really?"):
        send(client, contact, SENDER | {"text": text})
    Message.objects.update(created=timezone.now() - timedelta(minutes=5), delivered=None)
    broken, good = Message.objects.order_by("pk")[0], relay.pass_on
    monkeypatch.setattr(
        "practices.jobs.pass_on",
        lambda message, page: 1 / 0 if message.pk == broken.pk else good(message, page),
    )
    deliver()
    assert list(Message.objects.undelivered()) == [broken]


@pytest.mark.parametrize("kind", ["contact", "report"])
@pytest.mark.parametrize("keeper", [True, False])
def test_a_message_about_a_practice_deleted_meanwhile_is_not_stuck(client, tree, practice, kind, keeper):
    if keeper:
        Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan"))
        a_user(focal_points("Kazakhstan"), email="keeper@example.kz")
    client.post(f"/en/practice/{practice.translation_key}/{kind}/", SENDER)
    practice.delete()
    call_command("deliver_messages")
    message = Message.objects.get()
    assert message.delivered
    assert message.delivered_to == (["keeper@example.kz"] if keeper else ["secretariat@speca.example"])
