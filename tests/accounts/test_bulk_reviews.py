"""Bulk actions leave alone what is in review, name it, and tell the authors of what they publish."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, WorkflowState
from wagtail.users.models import UserProfile

from practices.models import PracticePage
from tests.accounts.reviewing import bulk, finish, saved, state_of, told
from tests.factories import a_practice

pytestmark = [pytest.mark.usefixtures("scenario"), pytest.mark.slow, pytest.mark.sqlite_suffices]


@pytest.fixture
def ready(scenario):
    """A complete draft of the focal point that is in no review."""
    section, owner = scenario.places["kazakhstan"].section, scenario.people["focal point"]
    return a_practice(section, live=False, title="Ready", owner=owner)


@pytest.mark.parametrize("sent_back", [False, True])
@pytest.mark.parametrize("below", [False, True])
def test_what_is_in_review_is_left_out_and_named(scenario, signed_in, submitted, ready, sent_back, below):
    if sent_back:
        finish(submitted, "reject", scenario.people["secretariat"])
        mail.outbox.clear()
    status = state_of(submitted).status
    client = signed_in("secretariat")
    if below:
        PracticePage.objects.filter(pk=scenario.places["kazakhstan"].draft.pk).exclude(
            pk=submitted.pk
        ).delete()
        response = bulk(client, "publish", [scenario.places["kazakhstan"].section], include_descendants="on")
    else:
        response = bulk(client, "publish", [submitted, ready])
    assert "Not published" in told(response)
    assert submitted.title in told(response)
    assert not saved(submitted).live
    assert state_of(submitted).status == status
    assert saved(ready).live
    assert PageLogEntry.objects.filter(page=ready.pk, action="wagtail.publish").count() == 1
    (letter,) = [letter for letter in mail.outbox if "Ready" in letter.subject]
    assert letter.to == [scenario.people["focal point"].email]
    assert "Ready" in client.get(reverse("wagtailadmin_pages:history", args=[ready.pk])).content.decode()


def test_alone_nothing_is_done(signed_in, submitted):
    response = bulk(signed_in("secretariat"), "publish", [submitted])
    assert "Not published" in told(response)
    assert "have been published" not in told(response)
    assert not saved(submitted).live


@pytest.mark.parametrize("action", ["publish", "delete"])
def test_the_question_before_names_them(signed_in, submitted, ready, action):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    html = (
        signed_in("secretariat")
        .get(f"{address}?next=/admin/&id={submitted.pk}&id={ready.pk}")
        .content.decode()
    )
    assert submitted.title in html[html.index("These are left out") :]


def test_what_is_in_review_is_not_deleted(scenario, signed_in, submitted, ready):
    client = signed_in("secretariat")
    assert submitted.title in told(bulk(client, "delete", [submitted, ready]))
    assert Page.objects.filter(pk=submitted.pk).exists()
    assert not Page.objects.filter(pk=ready.pk).exists()


def test_unpublished_or_moved_its_review_goes_on(scenario, signed_in, submitted):
    client = signed_in("secretariat")
    live = saved(scenario.places["kazakhstan"].live)
    live.get_workflow().start(live, scenario.people["focal point"])
    bulk(client, "unpublish", [live])
    bulk(client, "move", [live], chooser=scenario.places["tajikistan"].section.pk)
    assert not saved(live).live
    assert saved(live).get_parent().pk == scenario.places["tajikistan"].section.pk
    assert state_of(live).status == WorkflowState.STATUS_IN_PROGRESS
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("language", "label", "left_out"),
    [
        ("en", "Publish the drafts below too", "are left out in any case"),
        ("ru", "Опубликовать и черновики внутри", "в любом случае не будут опубликованы"),
    ],
)
def test_the_question_names_those_below_before_anything_is_done(
    scenario, signed_in, submitted, ready, language, label, left_out
):
    person = scenario.people["secretariat"]
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": language})
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    section = scenario.places["kazakhstan"].section
    html = signed_in("secretariat").get(f"{address}?next=/admin/&id={section.pk}").content.decode()
    assert label in html
    assert "nclude descendants" not in html
    assert submitted.title in html[html.index(left_out) :]
    assert ready.title not in html[html.index(left_out) :]


def question(client, action, pages):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.get(
        f"{address}?next=/admin/&" + "&".join(f"id={page.pk}" for page in pages)
    ).content.decode()


def test_incomplete_drafts_are_named_before_anything_is_done(scenario, signed_in, ready):
    """World's draft has neither a status nor sources."""
    client = signed_in("secretariat")
    incomplete = a_practice(
        scenario.places["kazakhstan"].section, live=False, title="Lacks its summary", summary=""
    )
    html = question(client, "publish", [ready, incomplete])
    named = html[html.index("not complete enough") :]
    assert "Lacks its summary" in named
    assert "Yes, publish" not in html
    html = question(client, "publish", [scenario.places["kazakhstan"].section])
    assert "Lacks its summary" in html[html.index("Drafts below cannot be published too") :]
    html = question(client, "publish", [ready])
    assert "not complete enough" not in html
    assert "Yes, publish" in html


@pytest.mark.parametrize("reason", ["kind", "slug", "itself", "language", "rights"])
def test_why_no_page_can_be_moved(scenario, signed_in, ready, reason):
    place, other = scenario.places["kazakhstan"], scenario.places["tajikistan"].section
    role, page, target, told_ = "secretariat", ready, other, ""
    if reason == "kind":
        target, told_ = other.get_parent(), "Pages of this kind"
    elif reason == "slug":
        told_ = "Another page there has the same slug, “ready”"
        a_practice(other, title="Another", slug="ready")
    elif reason == "itself":
        page, target, told_ = place.section, ready, "below itself"
    elif reason == "language":
        told_ = "page in another language would move along"
        russian = ready.copy_for_translation(place.translated_section.locale)
        there = other.get_translation(russian.locale)
        a_practice(there, title="Место занято", slug=russian.slug)
    else:
        role, told_ = "focal point", "You may not move pages there"
    response = bulk(signed_in(role), "move", [page], chooser=target.pk)
    html = response.content.decode()
    assert told_ in html, html[html.index("<main") :]
    assert "Move 0" not in html
    assert "Yes, move" not in html
    assert Page.objects.get(pk=page.pk).get_parent().pk == page.get_parent().pk
