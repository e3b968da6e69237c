"""Limits of readers' messages: nobody floods a mailbox, fills the queue or silences a practice."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from core.jobs.worker import run_all
from enquiries.models import Message
from enquiries.relay import (
    CLIENT,
    CLIENT_A_DAY,
    CLIENT_AND_PAGE,
    CLIENT_AND_PAGE_A_DAY,
    DELIVERED_PER_PAGE,
    MAX_WAITING,
)
from tests.enquiries.messaging import SENDER, TEXT, by_the_worker, errors, send
from tests.factories import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "will be passed on later"), ("ru", "будет передано позже")]
)
def test_what_is_above_a_clients_limit_is_accepted_and_delivered_later(client, contact, language, said):
    contact = contact.replace("/en/", f"/{language}/")
    limit = CLIENT_AND_PAGE.limit
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


# What the page says after a message that goes at once, and after one that waits.
NOTICES = [
    ("en", "contact", "has been passed on to the contact of this page", "Your message is saved and will be passed on later"),
    ("en", "report", "has been passed on to those who keep this page", "Your report is saved and will be passed on later"),
    ("en", "adopted", "have been told of your adoption", "Your report of the adoption is saved and will be passed on later"),
    ("ru", "contact", "Ваше сообщение передано контактному лицу", "Ваше сообщение сохранено и будет передано позже"),
    ("ru", "report", "Ваше сообщение передано тем, кто отвечает", "Ваше сообщение об ошибке сохранено и будет передано позже"),
    ("ru", "adopted", "сообщено, что вы переняли этот опыт", "Ваше сообщение о внедрении сохранено и будет передано позже"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "form", "now", "later"), NOTICES)
def test_the_notice_says_whether_a_message_goes_now_or_later(client, practice, language, form, now, later):
    url = f"/{language}/record/{practice.translation_key}/{form}/"
    data = SENDER | {"country": "Georgia", "organisation": "Ministry"}
    answers = [send(client, url, data) for _ in range(CLIENT_AND_PAGE.limit + 1)]
    texts = [
        BeautifulSoup(client.get(answer.url).content, "html.parser").main.get_text() for answer in answers
    ]
    assert [(now in text, later in text) for text in texts] == (
        [(True, False)] * CLIENT_AND_PAGE.limit + [(False, True)]
    )
    assert [bool(message.delivered) for message in Message.objects.order_by("pk")] == (
        [True] * CLIENT_AND_PAGE.limit + [False]
    )


def test_one_client_cannot_fill_the_queue(client, contact, tree):
    """Nor, alone, a practice's share of a day. What was typed comes back."""
    statuses = [client.post(contact, SENDER).status_code for _ in range(CLIENT_AND_PAGE_A_DAY.limit)]
    assert set(statuses) == {302}
    assert CLIENT_AND_PAGE_A_DAY.limit < DELIVERED_PER_PAGE
    refused = client.post(contact, SENDER)
    assert refused.status_code == 429
    assert errors(refused)[""]
    assert TEXT in refused.content.decode()

    left = CLIENT_A_DAY.limit - CLIENT_AND_PAGE_A_DAY.limit
    urls = [f"/en/record/{a_practice(tree.section()).translation_key}/contact/" for _ in range(8)]
    statuses = [client.post(urls[number % 8], SENDER).status_code for number in range(left + 1)]
    assert statuses == [302] * left + [429]
    assert Message.objects.count() == CLIENT_A_DAY.limit
    run_all()
    assert CLIENT_AND_PAGE.limit <= len(mail.outbox) <= CLIENT.limit, "the rest waits"
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        by_the_worker()
        assert not Message.objects.undelivered().exists()
        assert send(client, contact).status_code == 302


def test_who_writes_to_a_practice_with_a_full_mailbox_is_told(client, contact):
    for number in range(DELIVERED_PER_PAGE):
        assert "?" not in send(client, contact, SENDER, REMOTE_ADDR=f"192.0.2.{number}").url
    late = send(client, contact, SENDER, REMOTE_ADDR="192.0.2.200")
    assert "will be passed on later" in client.get(late.url).content.decode()


def test_a_flood_silences_no_practice_and_fills_no_mailbox(client, contact, tree):
    """What is above a day's share is accepted and delivered later."""
    for number in range(DELIVERED_PER_PAGE + 5):
        assert client.post(contact, SENDER, REMOTE_ADDR=f"192.0.2.{number}").status_code == 302
    run_all()
    assert len(mail.outbox) == DELIVERED_PER_PAGE
    other = a_practice(tree.section())
    send(client, f"/en/record/{other.translation_key}/contact/")
    assert len(mail.outbox) == DELIVERED_PER_PAGE + 1, "other practices' messages go on"

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        call_command("deliver_messages")
    assert not Message.objects.undelivered().exists()
    assert len(mail.outbox) == DELIVERED_PER_PAGE + 6


def flood(address: str, clients: int, each: int = CLIENT_AND_PAGE_A_DAY.limit) -> list[int]:
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
        assert len(mail.outbox) == DELIVERED_PER_PAGE
        assert set(flood(contact, 10, each=10)) == {302}
        asked = client.post(contact, SENDER | {"text": f"Honest {TEXT}"}, REMOTE_ADDR="192.0.2.7")
        assert "?later" in asked.url
        assert not any("Honest" in letter.body for letter in mail.outbox)
    with time_machine.travel(start + timedelta(hours=25), tick=False):
        flood(contact, 10)
        deliver()
    assert len(mail.outbox) == 2 * DELIVERED_PER_PAGE
    assert any("Honest" in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_waits_for_a_practice_has_a_ceiling(client, contact, language):
    """The text is kept; who writes for the first time is refused only where so many others did."""
    contact = contact.replace("/en/", f"/{language}/")
    for day in range(3):
        with time_machine.travel(timezone.now() + timedelta(hours=25 * day), tick=False):
            statuses = flood(contact, 12)
            assert day == 0 or 429 in statuses
            assert Message.objects.undelivered().count() < 2 * MAX_WAITING, "a few first ones are still taken"
            assert client.post(contact, SENDER, REMOTE_ADDR=f"192.0.2.{day}").status_code == 302
    one = Message.objects.first()
    Message.objects.bulk_create(
        Message(record_key=one.record_key, title="", kind="contact", text=TEXT, language="en")
        for _ in range(MAX_WAITING)
    )
    refused = client.post(contact, SENDER, REMOTE_ADDR="192.0.2.77")
    assert refused.status_code == 429
    assert TEXT in refused.content.decode()
    assert "secretariat@speca.example" in errors(refused)[""]
    assert not CLIENT_AND_PAGE_A_DAY.count(f"192.0.2.77 {one.record_key}"), "a refusal takes nobody's turn"


@pytest.mark.parametrize(("language", "told"), [("en", "at most 20 a day"), ("ru", "не более 20 в день")])
def test_who_waits_is_told_how_many_go_and_no_untrue_time(client, contact, language, told):
    contact = contact.replace("/en/", f"/{language}/")
    flood(contact, 8, each=3)
    run_all()
    url = client.post(contact, SENDER, REMOTE_ADDR="192.0.2.7").url
    run_all()
    page = BeautifulSoup(client.get(url).content, "html.parser").select_one("main").get_text()
    assert told in page
    assert "within a day" not in page
    assert "течение" not in page


def test_a_message_behind_as_many_as_go_in_a_day_is_not_said_to_be_passed_on(client, contact):
    """The worker has not come to those before it yet."""
    for number in range(DELIVERED_PER_PAGE):
        client.post(contact, SENDER, REMOTE_ADDR=f"198.51.100.{number}")
    assert "?later" in client.post(contact, SENDER, REMOTE_ADDR="192.0.2.7").url
