"""The e-mail "Now published" comes when readers can see the page, and once, whichever way it went live."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from practices.models import PracticePage
from tests.accounts.reviewing import COMMENT, edit, saved, state_of, told, workflow

pytestmark = [pytest.mark.usefixtures("scenario"), pytest.mark.slow]


def published_mails():
    return [message for message in mail.outbox if message.subject.startswith("Now published")]


@pytest.fixture
def scheduled(scenario, submitted, signed_in):
    """In review with a date to go live, and approved by "Schedule"; (the page, the answer to that)."""
    page = submitted.get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=scenario.people["secretariat"])
    client = signed_in("secretariat")
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "<span data-label>Schedule</span>" in html
    moment = f"{page.go_live_at.astimezone():%Y-%m-%d %H:%M}"
    return page, edit(client, submitted, workflow("approve"), go_live_at=moment)


def the_day_comes(page):
    past = timezone.now() - timedelta(minutes=1)
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = past.isoformat()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=revision.content)
    call_command("publish_scheduled")


def test_what_is_scheduled_is_told_when_it_is_live_and_once(scenario, scheduled):
    page, answer = scheduled
    assert "is scheduled" in told(answer)
    assert not saved(page).live
    assert published_mails() == []
    the_day_comes(page)
    call_command("publish_scheduled")
    assert saved(page).live
    (letter,) = published_mails()
    assert letter.to == [scenario.people["focal point"].email]
    assert saved(page).full_url in letter.body


def test_published_before_its_day_it_is_told_then(scenario, scheduled, signed_in):
    page, _ = scheduled
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)  # "Cancel scheduled publish"
    edit(signed_in("secretariat"), saved(page), {"action-publish": "1"}, go_live_at="")
    assert saved(page).live
    assert len(published_mails()) == 1


def test_published_after_it_was_sent_back_its_author_is_told(scenario, submitted, signed_in):
    step = state_of(submitted).current_task_state
    step.task.specific.on_action(step, scenario.people["secretariat"], "reject", comment=COMMENT)
    edit(signed_in("secretariat"), saved(submitted), {"action-publish": "1"})
    assert saved(submitted).live
    assert len(published_mails()) == 1
    edit(signed_in("secretariat"), saved(submitted), {"action-publish": "1"}, title="A word corrected")
    assert len(published_mails()) == 1
    assert PageLogEntry.objects.filter(page=submitted.pk, action="wagtail.publish").count() == 2


def test_who_publishes_their_own_gets_no_mail(scenario, signed_in):
    page = PracticePage.objects.get(pk=scenario.places["kazakhstan"].draft.pk)
    page.get_workflow().start(page, scenario.people["secretariat"])
    mail.outbox.clear()
    edit(signed_in("secretariat"), page, workflow("approve"))
    assert saved(page).live
    assert published_mails() == []
