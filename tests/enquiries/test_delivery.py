"""Readers' messages on their way: all that the form takes is delivered, whatever happens meanwhile."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from core.models import ThrottleEvent
from core.reader_forms import CONTROL
from enquiries import relay
from enquiries.models import Message
from tests.enquiries.messaging import SENDER, TEXT, by_the_worker, send
from tests.factories import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


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
    url = f"/en/record/{practice.translation_key}/{form}/"
    data = {"text": TEXT, "sender_name": name, "sender_email": email, "country": name, "organisation": name}
    response = send(Client(), url, data)
    assert response.status_code in (200, 302)
    if response.status_code == 302:
        assert Message.objects.get().delivered
        sent = mail.outbox[0].message()
        assert (
            message_from_bytes(sent.as_bytes(), policy=default)["Reply-To"]
            or not CONTROL.sub("", email).strip()
        )
        assert b"\nBcc" not in sent.as_bytes()


def test_a_message_outlives_an_outage_of_the_mail_server(client, contact, monkeypatch):
    def fail(*args):
        raise SMTPServerDisconnected

    with monkeypatch.context() as outage:
        outage.setattr(EmailBackend, "send_messages", fail)
        assert send(client, contact, SENDER).status_code == 302
    assert Message.objects.get().delivered is None

    call_command("deliver_messages")
    assert Message.objects.get().delivered
    assert mail.outbox[0].recipients() == ["office@example.org"]
    call_command("deliver_messages")
    assert len(mail.outbox) == 1


def test_copies_are_kept_for_twelve_months(client, contact):
    send(client, contact, SENDER)
    send(client, contact, SENDER)
    first, second = Message.objects.all()
    Message.objects.filter(pk=first.pk).update(created=timezone.now() - timedelta(days=366))

    call_command("purge_messages")

    assert list(Message.objects.all()) == [second]


def test_an_address_in_other_letters_is_written_as_mail_has_it(client, contact):
    assert send(client, contact, SENDER | {"sender_email": "ivan@пример.рф"}).status_code == 302
    assert "@xn--e1afmkfd.xn--p1ai" in mail.outbox[0].reply_to[0]


@pytest.mark.parametrize("deliver", [by_the_worker, lambda: call_command("deliver_messages")])
def test_a_message_that_cannot_be_sent_keeps_back_no_other(client, contact, monkeypatch, deliver):
    for text in (TEXT, f"{TEXT} Really?"):
        send(client, contact, SENDER | {"text": text})
    Message.objects.update(created=timezone.now() - timedelta(minutes=5), delivered=None)
    broken, good = Message.objects.order_by("pk")[0], relay.deliver_about
    monkeypatch.setattr(
        "enquiries.relay.deliver_about",
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
    client.post(f"/en/record/{practice.translation_key}/{kind}/", SENDER)
    practice.delete()
    call_command("deliver_messages")
    message = Message.objects.get()
    assert message.delivered
    assert message.delivered_to == (["keeper@example.kz"] if keeper else ["secretariat@speca.example"])
