"""What fails in the background is seen by those who run the portal, and by nobody else."""

import pytest
from django.urls import reverse

from core.models import Job, Mail

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]

SAID = ("search.check", "Disk is full", "Mailbox unknown")


@pytest.fixture
def failures(scenario):
    Job.objects.create(name="search.check", failures=3, error="Disk is full")
    Job.objects.create(name="alerts.daily", failures=1, error="Once is nothing")
    Mail.objects.create(message_id="1", sender="a@example.org", recipient="secret@example.org", content=b"",
                        attempts=2, error="550 Mailbox unknown")  # fmt: skip


@pytest.mark.parametrize("role", ["administrator", "secretariat", "focal point", "expert", "translator"])
def test_failures_are_told_to_those_who_run_the_portal(signed_in, failures, role):
    page = signed_in(role).get(reverse("wagtailadmin_home")).content.decode()
    for said in SAID:
        assert (said in page) is (role in ("administrator", "secretariat")), said
    assert "Once is nothing" not in page
    assert "secret@example.org" not in page


def test_nothing_is_said_where_all_is_well(signed_in, scenario):
    page = signed_in("administrator").get(reverse("wagtailadmin_home")).content.decode()
    assert "in the background" not in page


def test_a_readers_letter_says_to_whom_it_went(signed_in, scenario):
    message = scenario.places["kazakhstan"].message
    message.delivered_to = ["one@example.org", "two@example.org"]
    message.save()
    client = signed_in("secretariat")
    for address in (reverse("messages:index"), reverse("messages:inspect", args=[message.pk])):
        assert "one@example.org, two@example.org" in client.get(address).content.decode()
