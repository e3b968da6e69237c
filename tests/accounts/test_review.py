"""The way of a practice from its author to its readers, and what each is told by e-mail, in their language."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState
from wagtail.users.models import UserProfile

from practices.models import PracticePage
from tests.accounts.requesting import form_of

pytestmark = pytest.mark.usefixtures("scenario")

EDIT = "wagtailadmin_pages:edit"
COMMENT = "Give a source for the figure of 2024"


@pytest.fixture
def submitted(scenario, signed_in):
    """A practice of Kazakhstan that waits for the secretariat; the mails of its submission are in mail.outbox."""
    page = scenario.places["kazakhstan"].draft
    for person in scenario.people.values():
        UserProfile.get_for_user(person)
    PracticePage.objects.get(pk=page.pk).get_workflow().start(
        PracticePage.objects.get(pk=page.pk), scenario.people["focal point"]
    )
    return page


@pytest.fixture
def act(scenario, signed_in):
    """act("secretariat", page, "approve", comment="...") takes a step as the admin's front page does; returns the answer."""

    def take(role, page, action, **data):
        step = state_of(page).current_task_state_id
        return signed_in(role).post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, step]), data
        )

    return take


def state_of(page):
    return WorkflowState.objects.for_instance(page).latest("pk")


def step_of(page):
    return type(state_of(page).current_task_state.task.specific).__name__


def saved(page):
    return PracticePage.objects.get(pk=page.pk)


def mailed(*people):
    reached = {address for message in mail.outbox for address in message.to}
    return reached == {person.email for person in people}


def test_the_secretariat_is_asked_first_and_the_expert_not_at_all(scenario, submitted):
    assert step_of(submitted) == "SecretariatReview"
    assert mailed(scenario.people["secretariat"])


def test_the_secretariat_publishes_and_the_author_is_told(scenario, submitted, act):
    mail.outbox.clear()
    act("secretariat", submitted, "approve")
    assert saved(submitted).live
    assert mailed(scenario.people["focal point"])
    assert "published" in mail.outbox[0].subject
    assert saved(submitted).full_url in mail.outbox[0].body


def test_sent_back_with_a_comment(scenario, submitted, act):
    mail.outbox.clear()
    act("secretariat", submitted, "reject", comment=COMMENT)
    assert not saved(submitted).live
    assert state_of(submitted).status == WorkflowState.STATUS_NEEDS_CHANGES
    assert mailed(scenario.people["focal point"])
    assert COMMENT in mail.outbox[0].body
    assert reverse(EDIT, args=[submitted.pk]) in mail.outbox[0].body


def test_the_mail_is_in_the_authors_language(scenario, submitted, act, settings):
    UserProfile.objects.filter(user=scenario.people["focal point"]).update(preferred_language="ru")
    UserProfile.objects.filter(user=scenario.people["secretariat"]).update(preferred_language="en")
    mail.outbox.clear()
    act("secretariat", submitted, "reject", comment="Укажите источник")
    assert "Укажите источник" in mail.outbox[0].body
    assert "Здравствуйте" in mail.outbox[0].body or "Привет" in mail.outbox[0].body


def test_the_author_corrects_and_asks_again(scenario, submitted, act, signed_in):
    act("secretariat", submitted, "reject", comment=COMMENT)
    client = signed_in("focal point")
    client.post(reverse(EDIT, args=[submitted.pk]), form_of(submitted, title="With its source"))
    assert saved(submitted).get_latest_revision_as_object().title == "With its source"
    state_of(submitted).resume(scenario.people["focal point"])
    assert step_of(submitted) == "SecretariatReview"
    act("secretariat", submitted, "approve")
    assert saved(submitted).live


def test_an_expert_reads_it_when_the_secretariat_asks(scenario, submitted, act):
    mail.outbox.clear()
    act("secretariat", submitted, "ask_expert")
    assert step_of(submitted) == "ExpertReview"
    assert mailed(scenario.people["reviewer"])
    act("reviewer", submitted, "approve", comment="Sound")
    assert step_of(submitted) == "SecretariatReview"
    assert not saved(submitted).live
    act("secretariat", submitted, "approve")
    assert saved(submitted).live


def test_what_the_expert_sent_back_goes_to_the_expert_again(scenario, submitted, act):
    act("secretariat", submitted, "ask_expert")
    act("reviewer", submitted, "reject", comment=COMMENT)
    assert state_of(submitted).status == WorkflowState.STATUS_NEEDS_CHANGES
    saved(submitted).save_revision(user=scenario.people["focal point"])
    state_of(submitted).resume(scenario.people["focal point"])
    assert step_of(submitted) == "ExpertReview"
    act("reviewer", submitted, "approve")
    act("secretariat", submitted, "approve")
    assert saved(submitted).live


def test_the_secretariat_corrects_and_publishes_in_one_go(scenario, submitted, signed_in):
    page = saved(submitted)
    page.title = "Without the typing error"
    page.save_revision(user=scenario.people["secretariat"])
    state = state_of(submitted).current_task_state
    state.task.specific.on_action(state, scenario.people["secretariat"], "approve")
    assert saved(submitted).title == "Without the typing error"
    assert saved(submitted).live


def test_a_change_by_another_needs_another_look(scenario, submitted):
    page = saved(submitted)
    page.title = "Changed meanwhile"
    page.save_revision(user=scenario.people["administrator"])
    state = state_of(submitted).current_task_state
    state.task.specific.on_action(state, scenario.people["secretariat"], "approve")
    assert not saved(submitted).live
    assert step_of(submitted) == "SecretariatReview"
    assert state_of(submitted).current_task_state.status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("role", ["focal point", "neighbour", "expert", "translator", "reviewer"])
@pytest.mark.parametrize("action", ["approve", "reject", "ask_expert"])
def test_nobody_else_decides(scenario, submitted, act, role, action):
    act(role, submitted, action, comment="x")
    assert not saved(submitted).live
    assert state_of(submitted).current_task_state.status == TaskState.STATUS_IN_PROGRESS
    assert step_of(submitted) == "SecretariatReview"


def test_a_reviewer_reads_what_waits_for_them_and_nothing_else(scenario, submitted, act, signed_in):
    act("secretariat", submitted, "ask_expert")
    client = signed_in("reviewer")
    assert client.get(reverse(EDIT, args=[submitted.pk])).status_code == 200
    other = scenario.places["tajikistan"].draft
    assert client.get(reverse(EDIT, args=[other.pk])).status_code == 302
    assert submitted.title in client.get(reverse("wagtailadmin_home")).content.decode()


def test_after_a_decision_a_reviewer_is_not_told_off(scenario, signed_in):
    """Wagtail goes on to the list above the page, which is not theirs to see."""
    section = scenario.places["kazakhstan"].section
    answer = signed_in("reviewer").get(reverse("wagtailadmin_explore", args=[section.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    assert "do not have permission" not in answer.content.decode()


def test_the_language_of_the_first_sign_in_is_kept(scenario, client):
    person = scenario.people["neighbour"]
    client.post(
        "/ru/accounts/login/",
        {"login": person.username, "password": "a long pass phrase for tests"},
        headers={"accept-language": "ru"},
    )
    assert UserProfile.get_for_user(person).preferred_language == "ru"
