"""An answer from the desk as the reader gets it, and what becomes of the message when it fails."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from core.outbox import GIVEN_UP_AFTER, Mail, note_refusal
from enquiries.answers import send_answer, sent_answers
from enquiries.desk import messages_for
from enquiries.models import Answer, Message, Status
from tests.enquiries.messaging import SENDER, TEXT, send
from tests.factories import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def author():
    return a_user(email="author@example.org", first_name="Secret", last_name="Author")


@pytest.fixture
def message(client, contact):
    send(client, contact.replace("/en/", "/ru/"))
    mail.outbox.clear()
    return Message.objects.get()


def test_the_reader_gets_the_answer_from_the_portal(message, author, practice):
    assert send_answer(message, message.version, "Мы договорились за год.", author)
    (letter,) = mail.outbox
    assert letter.recipients() == ["reader@example.com"]
    assert letter.reply_to == ["secretariat@speca.example"]
    assert letter.extra_headers["Auto-Submitted"] == "no"
    assert "Мы договорились за год." in letter.body
    assert f"> {TEXT}" in letter.body
    assert f"/ru/record/{practice.translation_key}/contact/" in letter.body
    # The author's name and address are theirs to tell.
    told = letter.message().as_string() + letter.body
    assert not [secret for secret in ("author@example.org", "Secret", "office@example.org") if secret in told]


@pytest.mark.parametrize(
    "name", ["Any\r\nBcc: all@example.org", 'Quote" <all@example.org>, "', "Назарбаева" * 12]
)
def test_no_name_or_title_adds_a_header(message, author, name):
    Message.objects.filter(pk=message.pk).update(sender_name=name[:120], title=name, record_key=uuid4())
    message.refresh_from_db()
    send_answer(message, message.version, "Subject: no\r\nBcc: all@example.org", author)
    (letter,) = mail.outbox
    sent = letter.message()
    assert letter.recipients() == [sent["To"]] == ["reader@example.com"]
    assert sent["Bcc"] is None


def test_an_answer_that_is_refused_for_good_opens_the_message_again(message, author, settings):
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    send_answer(message, message.version, "An answer", author)
    (letter,) = Mail.objects.filter(recipient="reader@example.com")
    assert sent_answers(message)[0].mail == letter
    letter.created = timezone.now() - GIVEN_UP_AFTER
    note_refusal(letter, "550 Mailbox unknown")
    message.refresh_from_db()
    assert message.status == Status.OPEN
    assert state(message) == "The reader's mail server refused the e-mail for good."

    call_command("jobs", retry=True)
    assert state(message) == "The mail server has refused the e-mail so far. It is tried again."
    Mail.objects.update(sent=timezone.now())
    assert state(message) == "The e-mail has been sent."
    Mail.objects.all().delete()
    assert state(message) == "The e-mail has been sent."


def state(message) -> str:
    """What the desk says of the first answer."""
    with override("en"):
        return render_to_string(
            "enquiries/admin/answer_state.html", {"sent": sent_answers(message)[0]}
        ).strip()


def test_an_earlier_answer_that_is_refused_leaves_a_message_with_a_later_one_answered(
    message, author, settings
):
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    for version in (0, 1):
        send_answer(message, version, "An answer", author)
    letter = Mail.objects.filter(recipient="reader@example.com").earliest("pk")
    letter.created = timezone.now() - GIVEN_UP_AFTER
    note_refusal(letter, "550 Mailbox unknown")
    message.refresh_from_db()
    assert message.status == Status.ANSWERED
    assert [bool(answer.given_up) for answer in message.answers.all()] == [True, False]


def test_an_answer_is_rolled_back_with_its_letter(message, author, monkeypatch):
    monkeypatch.setattr("enquiries.answers.EmailMessage.send", lambda letter: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send_answer(message, message.version, "An answer", author)
    message.refresh_from_db()
    assert (message.status, message.answers.count()) == (Status.OPEN, 0)


def test_message_and_answers_are_erased_together_with_the_e_mail(message, author, settings):
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    send_answer(message, message.version, "An answer", author)
    mail.send_mail("Another", "text", None, ["reader@example.com"])
    Message.objects.update(created=timezone.now() - timedelta(days=366))
    call_command("purge_messages")
    assert not Answer.objects.exists()
    assert b"Another" in bytes(Mail.objects.get().content)


def test_a_reader_who_writes_again_reaches_whoever_answered(client, message, author, contact):
    author.groups.add(Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan")))
    message.assigned_to, message.country = author, "KZ"
    message.save()
    send_answer(message, message.version, "An answer", author)
    mail.outbox.clear()
    send(client, contact, SENDER | {"sender_email": "Reader@example.com"})
    again = Message.objects.exclude(pk=message.pk).get()
    assert (again.status, again.assigned_to, again.country) == (Status.OPEN, author, "KZ")
    assert ["author@example.org"] in [letter.recipients() for letter in mail.outbox]
    send(client, contact, SENDER | {"sender_email": "other@example.com"})
    assert Message.objects.get(sender_email="other@example.com").assigned_to is None


def test_what_is_for_others_stays_theirs_when_the_reader_writes_again(
    client, message, author, contact, report
):
    """A question is for the contacts, even of a reader whose report of an error went to the focal points."""
    author.groups.add(Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan")))
    send(client, report)
    Message.objects.filter(kind="report").update(assigned_to=author)
    send(client, contact)
    question = Message.objects.filter(kind="contact").first()
    assert (question.assigned_to, question.country) == (None, "")
    assert list(messages_for(author).values_list("kind", flat=True)) == ["report"]
