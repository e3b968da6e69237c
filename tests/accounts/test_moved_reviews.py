"""A page in review is moved, unpublished or deleted: the question says so, and who sent it for review gets a letter whose links
they may open."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from tests.accounts.reviewing import bulk, finish, saved, state_of
from tests.factories import a_translation

pytestmark = [pytest.mark.usefixtures("scenario"), pytest.mark.slow, pytest.mark.sqlite_suffices]
ENDS = {"delete": "the review ends", "unpublish": "the review goes on", "move": "the review goes on"}
SUBJECTS = {"delete": "Deleted", "unpublish": "Unpublished", "move": "Moved"}


@pytest.fixture
def live(scenario):
    """A published practice of the focal point whose newer draft is in review."""
    page = saved(scenario.places["kazakhstan"].live)
    page.get_workflow().start(page, scenario.people["focal point"])
    mail.outbox.clear()
    return page


def single(page, action, scenario):
    target = [scenario.places["tajikistan"].section.pk] if action == "move" else []
    name = "move_confirm" if action == "move" else action
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *target])


def query(page, action):
    return (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?next=/admin/&id={page.pk}"
    )


def opens(client, page, person):
    client.force_login(person, backend="accounts.backends.PortalBackend")
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize(
    ("action", "way", "sent_back"),
    [
        (action, way, back)
        for action in SUBJECTS
        for way in ("single", "bulk")
        for back in (False, True)
        if (action, way, back) != ("delete", "bulk", False)  # left out: test_bulk_reviews
    ],
)
def test_the_question_says_so_and_the_author_is_told(
    scenario, signed_in, client, live, action, way, sent_back
):
    if sent_back:
        finish(live, "reject", scenario.people["administrator"])
        mail.outbox.clear()
    admin = signed_in("secretariat")
    asked = admin.get(single(live, action, scenario) if way == "single" else query(live, action))
    assert "not decided" in asked.content.decode()
    assert ENDS[action] in asked.content.decode()
    assert "focal-point" in asked.content.decode()
    if way == "single":
        admin.post(single(live, action, scenario))
    else:
        bulk(admin, action, [live], chooser=scenario.places["tajikistan"].section.pk)
    (letter,) = mail.outbox
    author = scenario.people["focal point"]
    assert letter.to == [author.email]
    assert letter.subject == f"{SUBJECTS[action]} while in review: Public kazakhstan"
    assert "secretariat" in letter.body
    assert scenario.people["secretariat"].email in letter.body
    link = reverse("wagtailadmin_pages:edit", args=[live.pk])
    assert (link in letter.body) == (action == "unpublish") == (opens(client, live, author))
    if action == "move":
        assert "now in “Tajikistan”" in letter.body
        assert "You may not open it there." in letter.body
    if action != "delete":
        assert state_of(live).is_active


def test_what_is_left_as_it_is_is_not_told(scenario, signed_in, live):
    a_translation(live, live=False, title="По-русски")
    client = signed_in("secretariat")
    client.post(single(live, "delete", scenario))  # nothing is chosen about the other language
    assert mail.outbox == []
    assert Page.objects.filter(pk=live.pk).exists()
    client.post(single(live, "delete", scenario), {"languages": "all"})
    assert len(mail.outbox) == 1


def test_the_other_language_that_goes_along_is_told_too(scenario, signed_in, live):
    russian = a_translation(live, live=False, title="По-русски")
    state_of(live).cancel(scenario.people["secretariat"])
    russian.get_workflow().start(russian, scenario.people["focal point"])
    mail.outbox.clear()
    client = signed_in("secretariat")
    assert "“По-русски”" in client.get(single(live, "move", scenario)).content.decode()
    client.post(single(live, "move", scenario))
    (letter,) = mail.outbox
    assert "По-русски" in letter.subject
    assert "Таджикистан" in letter.body


def test_who_does_it_to_their_own_gets_no_letter(scenario, signed_in, live):
    WorkflowState.objects.filter(pk=state_of(live).pk).update(requested_by=scenario.people["secretariat"])
    signed_in("secretariat").post(single(live, "delete", scenario))
    assert mail.outbox == []


def test_sent_back_after_a_move_no_letter_links_to_what_does_not_open(scenario, signed_in, submitted):
    signed_in("secretariat").post(single(submitted, "move", scenario))
    mail.outbox.clear()
    finish(submitted, "reject", scenario.people["secretariat"])
    (letter,) = [letter for letter in mail.outbox if letter.to == [scenario.people["focal point"].email]]
    assert reverse("wagtailadmin_pages:edit", args=[submitted.pk]) not in letter.body
    assert "in “Tajikistan” now" in letter.body
    assert scenario.people["secretariat"].email in letter.body
