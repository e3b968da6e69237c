"""Who acts on a review that somebody else has finished meanwhile is told so, and keeps what they typed."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from accounts.roles import SECRETARIAT
from tests.accounts.reviewing import CORRECTION, finish, opened, saved, sent, state_of, told, workflow
from tests.factories import a_user
from tests.factories.editing import loaded_from, posted, snapshot_data

pytestmark = [pytest.mark.usefixtures("scenario"), pytest.mark.slow, pytest.mark.sqlite_suffices]

COMMENT = "Which year is this of?"
XHR = {"x-requested-with": "XMLHttpRequest"}


FIRST = {
    "approve": "published",
    "reject": "sent",
    "cancel": "review",
    "ask_expert": "expert",
}
SECOND = {
    "approve": workflow("approve"),
    "reject": workflow("reject", COMMENT),
    "ask_expert": workflow("ask_expert"),
    "cancel": {"action-cancel-workflow": "1"},
    "restart": {"action-restart-workflow": "1"},
}


@pytest.mark.parametrize("second", SECOND)
@pytest.mark.parametrize("first", FIRST)
def test_the_second_is_told_and_the_corrections_are_kept(scenario, submitted, signed_in, first, second):
    client = signed_in("secretariat")
    form = opened(submitted)
    finish(submitted, first, scenario.people["administrator"])
    was = saved(submitted)

    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[was.pk]), sent(form, SECOND[second]), follow=True
    )

    assert response.status_code == 200
    assert FIRST[first] in told(response), told(response)
    assert ("administrator" in told(response)) or first == "cancel"
    if second == "reject":
        assert COMMENT in told(response)
    assert saved(submitted).live == was.live
    if first == "ask_expert":  # with the experts it is not the secretariat's to change
        assert CORRECTION in response.content.decode()
    else:
        assert saved(submitted).get_latest_revision_as_object().title == CORRECTION
        assert saved(submitted).has_unpublished_changes
    assert state_of(submitted).current_task_state.comment == (
        "The first's" if first in ("approve", "reject") else ""
    )


def edit(client, page, form, action, **typed):
    fields, hidden = form
    sent_fields = posted(**fields | typed) | hidden | action
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent_fields, follow=True)


@pytest.mark.parametrize("typed", [{}, {"summary": "The second's."}, {"title": CORRECTION}], ids=str)
@pytest.mark.parametrize("second", ["approve", "reject", "cancel"])
def test_the_first_has_corrected_it_too(scenario, submitted, signed_in, second, typed):
    """Both in the editor: a draft of the second's corrections keeps those of the first."""
    first = a_user(SECRETARIAT, username="colleague")
    client = signed_in("secretariat")
    edit(client, submitted, opened(submitted), {})  # from here on the page is what these forms hold
    form = opened(submitted)
    client.force_login(first, backend="accounts.backends.PortalBackend")
    edit(client, submitted, opened(submitted), SECOND["approve"], title="Corrected by the first")
    assert saved(submitted).title == "Corrected by the first"

    client = signed_in("secretariat")
    response = edit(client, submitted, form, SECOND[second], **typed)

    assert "published already" in told(response)
    assert "colleague" in told(response)
    assert "after you had opened it" not in response.content.decode()
    draft = saved(submitted).get_latest_revision_as_object()
    assert draft.title == typed.get("title", "Corrected by the first")
    assert draft.summary == typed.get("summary", snapshot_data()["summary"])
    assert saved(submitted).has_unpublished_changes == bool(typed)
    assert ("saved as a draft" in told(response)) == bool(typed)
    assert ("Both of you changed: Title" in told(response)) == ("title" in typed)
    assert saved(submitted).title == "Corrected by the first"


def test_an_autosave_that_is_refused_says_that_the_review_is_over(scenario, submitted, signed_in):
    client = signed_in("secretariat")
    form = opened(submitted)
    overtaken = {"loaded_revision_id": str(submitted.latest_revision_id), "loaded_revision_created_at": ""}
    finish(submitted, "approve", scenario.people["administrator"])
    address = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    answer = client.post(address, sent(form, overtaken), headers={"accept": "application/json"}).json()
    assert answer["error_code"] == "invalid_revision"
    assert "review is over" in answer["error_message"]
    assert "published already" in answer["review_over"]
    assert "kept as a draft" in answer["review_over"]


def test_what_is_autosaved_already_is_said_to_be_a_draft(scenario, submitted, signed_in):
    client = signed_in("secretariat")
    form = opened(submitted)
    finish(submitted, "approve", scenario.people["administrator"])
    edit(client, submitted, form, {}, title=CORRECTION)  # as an autosave does
    form = (form[0], form[1] | loaded_from(submitted))
    response = edit(client, submitted, form, SECOND["approve"], title=CORRECTION)
    assert "published already" in told(response)
    assert "saved as a draft" in told(response)
    assert saved(submitted).get_latest_revision_as_object().title == CORRECTION


def test_what_is_wrong_with_late_corrections_is_said_beside_what_happened(scenario, submitted, signed_in):
    client = signed_in("secretariat")
    form = opened(submitted)
    finish(submitted, "approve", scenario.people["administrator"])
    response = edit(client, submitted, form, SECOND["approve"], currency="x", title=CORRECTION)
    assert "published already" in told(response)
    assert "currency" in response.context["form"].errors
    assert CORRECTION in response.content.decode()


def test_pressed_twice_nothing_is_published_or_mailed_twice(scenario, submitted, signed_in):
    client = signed_in("secretariat")
    form, address = opened(submitted), reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    for _ in range(2):
        response = client.post(address, sent(form, workflow("approve"), submitted.title), follow=True)
        assert response.status_code == 200
    assert "published" in told(response)
    page = saved(submitted)
    assert page.live
    assert not page.has_unpublished_changes
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 1
    assert len(mail.outbox) == 1


def test_published_from_an_editor_opened_before_the_review_began(scenario, signed_in):
    """Wagtail would cancel the review, and nobody would tell its author."""
    page = saved(scenario.places["kazakhstan"].draft)
    client = signed_in("secretariat")
    form = opened(page)
    page.get_workflow().start(page, scenario.people["focal point"])
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), sent(form, {"action-publish": "1"}), follow=True
    )
    assert not saved(page).live
    assert state_of(page).status == WorkflowState.STATUS_IN_PROGRESS
    assert "review" in told(response)
    assert saved(page).get_latest_revision_as_object().title == CORRECTION


@pytest.mark.parametrize("role", ["focal point", "secretariat"])
def test_submitted_twice_it_is_in_review_once(scenario, signed_in, role):
    page = saved(scenario.places["kazakhstan"].draft)
    client = signed_in(role)
    form, address = opened(page), reverse("wagtailadmin_pages:edit", args=[page.pk])
    for _ in range(2):
        response = client.post(address, sent(form, {"action-submit": "1"}, page.title), follow=True)
        assert response.status_code == 200
    assert "in review" in told(response)
    assert WorkflowState.objects.for_instance(page).count() == 1


@pytest.mark.parametrize("action", ["approve", "reject", "ask_expert"])
@pytest.mark.parametrize("first", ["approve", "reject", "ask_expert"])
@pytest.mark.parametrize("modal", [False, True])
def test_from_the_list_of_what_waits(scenario, submitted, signed_in, first, action, modal):
    client = signed_in("secretariat")
    step = state_of(submitted).current_task_state_id
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, action, step])
    finish(submitted, first, scenario.people["administrator"])
    response = client.post(address, {"comment": COMMENT, "next": "/admin/"}, headers=XHR if modal else {})
    if modal:
        assert response.json() == {"step": "success", "redirect": "/admin/"}
    response = client.get("/admin/")
    assert FIRST[first] in told(response)
    assert COMMENT in told(response)


def test_a_comment_typed_too_late_comes_back_with_the_form(scenario, submitted, signed_in):
    """The dialog hands it to the editor, which saves what was changed and says why it was not sent."""
    client = signed_in("secretariat")
    step = state_of(submitted).current_task_state_id
    address = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[submitted.pk, "reject", step])
    finish(submitted, "approve", scenario.people["administrator"])
    response = client.post(address, {"comment": COMMENT}, headers=XHR)
    assert response.json() == {"step": "success", "cleaned_data": {"comment": COMMENT}}
    assert client.get(address, headers=XHR).json() == {"step": "success", "cleaned_data": {}}


def test_who_may_no_longer_see_the_page_is_told_why(scenario, submitted, signed_in):
    finish(submitted, "ask_expert", scenario.people["secretariat"])
    client = signed_in("reviewer")
    form = opened(submitted)
    finish(submitted, "approve", scenario.people["administrator"])
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[submitted.pk]),
        sent(form, workflow("approve", COMMENT)),
        follow=True,
    )
    assert "administrator" in told(response)
    assert COMMENT in told(response)
    assert "permission" not in told(response)
    assert TaskState.objects.filter(comment=COMMENT).count() == 0
    stranger = signed_in("neighbour").post(
        reverse("wagtailadmin_pages:edit", args=[submitted.pk]), sent(form, workflow("approve")), follow=True
    )
    assert submitted.title not in told(stranger)
