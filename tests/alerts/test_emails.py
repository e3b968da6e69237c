"""What stands in an e-mail, and to whom it goes: what is new, once, in the reader's language, and nothing secret."""

from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape
from smtplib import SMTPServerDisconnected

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from wagtail.models import PageViewRestriction

from alerts.jobs import run
from alerts.matching import query_of
from alerts.models import AlertEmail, SentItem, Subscription
from core import outbox
from core.jobs import enqueue
from core.jobs.worker import run_all
from core.outbox import Mail, note_refusal
from tests.alerts.conftest import make_due
from tests.factories import a_practice, a_translation, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def told() -> list[list[str]]:
    """Which of the practices named "... online" each e-mail so far tells of."""
    return [
        sorted(line for line in message.body.splitlines() if line.endswith("online"))
        for message in mail.outbox
    ]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "SPECA good practices"), ("ru", "Передовой опыт СПЕКА")]
)
def test_the_sender_is_named_in_the_readers_language(tree, subscribe, monkeypatch, language, name):
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "core.mail.OutboxBackend")
    subscribe(language=language)
    a_practice(tree.section(), title="Schools online")
    run()
    letter = message_from_bytes(bytes(Mail.objects.get().content), policy=policy.default)
    assert letter["From"] == f"{name} <portal@speca.example>"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_an_email_tells_what_has_come_since_the_confirmation(tree, subscribe):
    old = a_practice(tree.section(), title="Old ones online", themes=["digital-skills"])
    reader = subscribe("country=KZ&theme=digital-skills")
    publish(old, summary="Changed since, not new.")
    school = a_practice(tree.section(), title="Schools online", themes=["digital-skills"])
    a_practice(tree.section(), title="Clinics online", themes=["e-resilience"])
    a_practice(tree.section(), title="Drafts online", themes=["digital-skills"], live=False)
    hidden = a_practice(tree.section(), title="Secrets online", themes=["digital-skills"])
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)

    run()

    [message] = mail.outbox
    assert told() == [["Schools online"]]
    assert message.to == ["reader@example.com"]
    assert message.subject == "1 new practice: Country: Kazakhstan · Theme: Digital skills"
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert "What it is, in two sentences." in text
        assert "Kazakhstan" in text
        assert f"/p/{school.translation_key}" in text
        assert reader.token in text
        assert "/en/search/?kind=practice&country=KZ" in unescape(text)
        assert "office@example.org" not in text
    headers = message.extra_headers
    assert headers["Message-ID"] == AlertEmail.objects.get().message_id
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Id"]


def test_each_practice_is_told_once_whatever_becomes_of_it(tree, subscribe):
    reader = subscribe("theme=digital-skills")
    page = a_practice(tree.section(), title="Schools online", themes=["digital-skills"])
    other = a_practice(tree.section(), title="Clinics online", themes=["e-resilience"])
    run()
    page.unpublish()
    publish(page, summary="Changed")
    make_due(reader)
    run()
    assert told() == [["Schools online"]]

    publish(other, themes=["digital-skills"])  # appeared before this run, answers only now
    run()
    assert told() == [["Schools online"]], "no letter before it is due"
    make_due(reader)
    run()
    assert told() == [["Schools online"], ["Clinics online"]]


def test_it_speaks_the_readers_language_and_counts_what_it_does_not_show(tree, subscribe, monkeypatch):
    monkeypatch.setattr("alerts.emails.MOST_SHOWN", 2)
    subscribe(language="ru")
    a_translation(a_practice(tree.section(), title="Schools online"), title="Школы в сети", summary="Кратко")
    for number in range(3):
        a_practice(tree.section(), title=f"Number {number} online")

    run()

    [message] = mail.outbox
    assert "/ru/search/" in message.body
    assert "Казахстан" in message.body
    assert told() == [["Number 1 online", "Number 2 online"]], "the newest"
    assert SentItem.objects.count() == 4, "the others are told too: the letter says how many"
    assert 'lang="ru"' in message.alternatives[0].content
    assert 'lang="en"' in message.alternatives[0].content


def test_what_is_withdrawn_before_its_email_goes_is_told_when_it_returns(tree, subscribe, monkeypatch):
    reader = subscribe()
    page = a_practice(tree.section(), title="Schools online")
    away(monkeypatch, SMTPServerDisconnected())
    work()
    assert AlertEmail.objects.get().sent is None
    assert not mail.outbox

    page.unpublish()
    monkeypatch.undo()
    run()
    assert AlertEmail.objects.get().sent, "nothing is left to tell"
    assert not mail.outbox, "nothing is left to tell"
    make_due(reader)
    run()
    assert not mail.outbox
    publish(page)
    make_due(reader)
    run()
    assert told() == [["Schools online"]]
    make_due(reader)
    run()
    assert told() == [["Schools online"]]


def test_a_query_stored_before_there_was_a_limit_is_asked_whole(subscribe):
    stored = "&".join(f"tag=t{number}" for number in range(100))
    assert query_of(subscribe(stored)).to_query_string() == f"kind=practice&{stored}"


def test_a_term_that_is_gone_makes_no_query_broader(tree, subscribe):
    subscribe("theme=abolished")
    a_practice(tree.section(), title="Schools online")
    run()
    assert not mail.outbox


def test_what_an_address_has_refused_for_days_is_told_by_the_next_email(tree, subscribe, monkeypatch):
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "core.mail.OutboxBackend")
    monkeypatch.setattr(outbox, "GIVEN_UP_AFTER", timedelta(0))
    reader = subscribe()
    a_practice(tree.section(), title="Schools online")
    run()
    note_refusal(Mail.objects.get(), "550 unknown")

    monkeypatch.undo()
    make_due(reader)
    run()
    assert told() == [["Schools online"]]


def test_who_unsubscribes_gets_nothing_that_still_waits(tree, subscribe, monkeypatch):
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "core.mail.OutboxBackend")
    subscribe(email="gone@example.com")
    subscribe(email="stays@example.com")
    a_practice(tree.section(), title="Schools online")
    run()
    Subscription.objects.of("gone@example.com").forget()
    assert [kept.recipient for kept in Mail.objects.waiting()] == ["stays@example.com"]


def test_an_email_that_fails_holds_up_no_other_and_goes_later(tree, subscribe, monkeypatch):
    for number in range(3):
        subscribe(email=f"reader{number}@example.com")
    a_practice(tree.section(), title="Schools online")
    away(monkeypatch, ConnectionRefusedError(), only="reader0")
    work()
    assert [message.to for message in mail.outbox] == [["reader1@example.com"], ["reader2@example.com"]]
    monkeypatch.undo()
    work()
    assert [message.to for message in mail.outbox][2:] == [["reader0@example.com"]]
    work()
    assert len(mail.outbox) == 3


def test_who_unsubscribes_while_emails_go_gets_none(tree, subscribe, monkeypatch):
    for number in range(2):
        subscribe(email=f"reader{number}@example.com")
    a_practice(tree.section(), title="Schools online")
    send = EmailBackend.send_messages

    def send_and_unsubscribe(backend, messages):
        Subscription.objects.exclude(email=messages[0].to[0]).forget()
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_and_unsubscribe)
    assert run().sent == len(mail.outbox) == 1


def work() -> None:
    """As the worker does it."""
    enqueue("alerts.send")
    run_all()


def away(monkeypatch, failure: Exception, only: str = "") -> None:
    """Sending fails so."""
    send = EmailBackend.send_messages

    def fail(backend, messages):
        if only in messages[0].to[0]:
            raise failure
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
