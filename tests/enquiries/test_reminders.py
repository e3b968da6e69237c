"""Late messages remind whoever has them, once in a period."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from core.jobs import enqueue
from core.jobs.worker import run_all
from core.models import Job
from enquiries.models import LATE_AFTER, Message, Reminder, Status
from enquiries.notices import REMIND_EVERY
from tests.factories import a_superuser, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRETARIAT = "secretariat@speca.example"


def a_message(title, age=LATE_AFTER + timedelta(hours=1), **fields):
    since = timezone.now() - age
    return Message.objects.create(record_key=uuid4(), title=title, kind="report", text="Any", language="en",
                                  created=since, open_since=since, **fields)  # fmt: skip


@pytest.fixture
def focal_point():
    Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan"))
    person = a_user(focal_points("Kazakhstan"), email="focal@example.kz")
    profile = UserProfile.get_for_user(person)
    profile.preferred_language, profile.current_time_zone = "ru", "Asia/Dushanbe"
    profile.save()
    return person


def reminded():
    """{recipient: what the letter says} of one run."""
    mail.outbox.clear()
    enqueue("enquiries.remind_of_late_messages")
    run_all()
    recipients = [letter.recipients()[0] for letter in mail.outbox]
    assert len(set(recipients)) == len(recipients)
    return {letter.recipients()[0]: f"{letter.subject} {letter.body}" for letter in mail.outbox}


def test_each_is_reminded_of_their_own_once_in_a_period(focal_point):
    person = a_superuser(email="person@example.org")
    a_message("Assigned", country="KZ", assigned_to=person)
    a_message("Of Kazakhstan", country="KZ")
    a_message("Also of Kazakhstan", country="KZ")
    a_message("Of nobody")
    a_message("Without focal points", country="TJ")
    a_message("New", age=LATE_AFTER - timedelta(hours=1))
    a_message("Answered", status=Status.ANSWERED)
    titles = {
        "Assigned",
        "Of Kazakhstan",
        "Also of Kazakhstan",
        "Of nobody",
        "Without focal points",
        "New",
        "Answered",
    }
    letters = reminded()
    assert {to: {title for title in titles if f"\n{title}\n" in text} for to, text in letters.items()} == {
        "person@example.org": {"Assigned"},
        "focal@example.kz": {"Of Kazakhstan", "Also of Kazakhstan"},
        SECRETARIAT: {"Of nobody", "Without focal points"},
    }
    assert "Asia/Dushanbe" in letters["focal@example.kz"]
    assert reminded() == {}

    Reminder.objects.update(sent=timezone.now() - REMIND_EVERY)
    Message.objects.filter(country="KZ").update(status=Status.CLOSED)
    assert reminded().keys() == {SECRETARIAT}


def test_whom_an_account_no_longer_lets_see_it_is_not_reminded(focal_point):
    a_message("Any", country="KZ", assigned_to=a_user(email="left@example.org"))
    assert reminded().keys() == {"focal@example.kz"}


def test_a_run_that_was_killed_repeats_no_letter(focal_point, monkeypatch):
    a_message("Any", country="KZ")
    a_message("Other")
    with monkeypatch.context() as killed:
        killed.setattr("enquiries.reminders.remind", lambda person, messages: 1 / 0 if person else None)
        assert reminded() == {}
    Job.objects.update(due=timezone.now())
    assert reminded().keys() == {"focal@example.kz"}
