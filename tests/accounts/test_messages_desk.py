"""The desk of readers' messages: who sees which, and what happens when two people, or a night's cleaning, are at one message."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from enquiries.desk import assign, messages_for
from enquiries.models import Message, Status
from tests.enquiries.messaging import TEXT

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]


def a_message(page=None, **fields):
    values = {
        "title": "Schools online",
        "kind": "report",
        "text": TEXT,
        "language": "ru",
        "sender_email": "reader@example.com",
    }
    return Message.objects.create(record_key=page.translation_key if page else uuid4(), **values | fields)


@pytest.fixture
def message(scenario):
    return a_message(scenario.places["kazakhstan"].live, country="KZ")


def page_of(message):
    return reverse("messages:inspect", args=[message.pk])


def act(client, message, action, **data):
    return client.post(page_of(message), {"action": action, "based_on": message.version, **data})


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("focal point", {"Ours"}),
        ("neighbour", {"Theirs"}),
        ("expert", set()),
        ("secretariat", {"Ours", "Theirs", "Office"}),
    ],
)
def test_focal_points_see_the_messages_of_their_country(scenario, signed_in, role, titles):
    Message.objects.all().delete()
    for title, country in (("Ours", "KZ"), ("Theirs", "TJ"), ("Office", "")):
        a_message(title=title, country=country, delivered_to=["one@example.org"])
    client = signed_in(role)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    response = client.get(reverse("messages:index"))
    listed = response.content.decode() if response.status_code == 200 else ""
    for title in ("Ours", "Theirs", "Office"):
        assert (title in home) is (title in listed) is (title in titles)
        seen = client.get(page_of(Message.objects.get(title=title)))
        assert (seen.status_code == 200) is (title in titles)
        # Recipients do not learn each other's addresses.
        assert ("one@example.org" in seen.content.decode()) is (role == "secretariat")
    assert ("one@example.org" in listed) is (role == "secretariat")


def test_home_counts_open_and_late_messages(scenario, signed_in):
    old = timezone.now() - timedelta(days=8)
    Message.objects.all().delete()
    a_message(), a_message(open_since=old), a_message(open_since=old, status=Status.CLOSED)
    page = signed_in("secretariat").get(reverse("wagtailadmin_home")).content.decode()
    assert "2 open" in page
    assert "1 of them late" in page
    late = signed_in("secretariat").get(reverse("messages:index") + "?late=1")
    assert late.context["object_list"].count() == 1


def test_the_second_of_two_answers_is_kept_and_not_sent(message, signed_in):
    client = signed_in("secretariat")
    mail.outbox.clear()
    assert act(client, message, "answer", text="The first answer").status_code == 302
    late = act(client, message, "answer", text="The second answer").content.decode()
    assert len(mail.outbox) == 1
    assert "has changed meanwhile" in late
    assert "The first answer" in late
    assert "The second answer</textarea>" in late
    # Who pressed the button twice is not told that nothing was sent.
    assert act(client, message, "answer", text="The first answer\r\n").status_code == 302
    assert len(mail.outbox) == 1
    # Having read the first, one may still send the second.
    message.refresh_from_db()
    assert act(client, message, "answer", text="The second answer").status_code == 302
    assert [answer.text for answer in message.answers.all()] == ["The first answer", "The second answer"]


def test_what_was_typed_to_an_erased_message_is_given_back(message, signed_in):
    client = signed_in("secretariat")
    Message.objects.filter(pk=message.pk).delete()
    response = act(client, message, "answer", text="A long answer")
    assert response.status_code == 404
    assert "A long answer</textarea>" in response.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 10_001])
def test_an_empty_or_endless_answer_is_not_sent(message, signed_in, text):
    response = act(signed_in("secretariat"), message, "answer", text=text)
    assert response.context["form"].errors["text"]
    assert text.strip("\x00 \n") in response.content.decode()
    assert not message.answers.exists()


def test_a_message_without_address_is_closed_and_opened_again(scenario, signed_in):
    client = signed_in("secretariat")
    message = a_message(sender_email="", open_since=timezone.now() - timedelta(days=9))
    assert act(client, message, "answer", text="Nobody reads this").status_code == 404
    for action, status in (("close", Status.CLOSED), ("reopen", Status.OPEN), ("answered", Status.ANSWERED)):
        act(client, message, action)
        message.refresh_from_db()
        assert message.status == status
        assert message.changed_by == scenario.people["secretariat"]
    assert not message.is_late


def test_a_status_changed_meanwhile_is_not_overwritten(message, signed_in):
    client = signed_in("secretariat")
    act(client, message, "answer", text="An answer")
    assert "has changed meanwhile" in act(client, message, "close").content.decode()
    message.refresh_from_db()
    assert message.status == Status.ANSWERED


def test_whom_a_message_is_assigned_to_is_told_and_sees_it(scenario, signed_in):
    """Also a focal point, for a question that had gone to the contacts of a practice of their country."""
    message = a_message(
        scenario.places["kazakhstan"].live, kind="contact", title="Which\r\nBcc: all@example.org"
    )
    person, neighbour = scenario.people["focal point"], scenario.people["neighbour"]
    mail.outbox.clear()
    client = signed_in("secretariat")
    assert act(client, message, "assign", person=neighbour.pk).context["assign_form"].errors
    assert act(client, message, "assign", person=person.pk).status_code == 302
    (letter,) = mail.outbox
    assert letter.recipients() == [person.email]
    assert "\n" not in letter.subject
    assert page_of(message) in letter.body
    assert signed_in("focal point").get(page_of(message)).status_code == 200
    assert signed_in("neighbour").get(page_of(message)).status_code == 404


def test_who_assigns_a_message_does_not_take_it_from_whom_it_was_passed_on_to_meanwhile(scenario):
    message = a_message(scenario.places["kazakhstan"].live)
    Message.objects.filter(pk=message.pk).update(country="KZ")
    secretariat = scenario.people["secretariat"]
    assign(message, None, secretariat, secretariat)
    assert (
        messages_for(scenario.people["focal point"]).filter(pk=message.pk, assigned_to=secretariat).exists()
    )


def test_times_are_those_of_whoever_reads(message, signed_in, scenario):
    Message.objects.filter(pk=message.pk).update(created="2026-03-01T20:30:00Z")
    profile = User.objects.get(pk=scenario.people["secretariat"].pk).wagtail_userprofile
    profile.current_time_zone, profile.preferred_language = "Asia/Dushanbe", "ru"
    profile.save()
    page = signed_in("secretariat").get(page_of(message)).content.decode()
    assert "2 марта 2026" in page
    assert "1:30" in page
    assert "Asia/Dushanbe" in page
