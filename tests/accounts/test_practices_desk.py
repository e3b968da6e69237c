"""Who sees what on the practices desk, and how it tells a review."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.users.models import UserProfile

from core.jobs.running import run_next
from practices.models import DeskAct, DeskView, PracticePage
from tests.accounts.requesting import refused, told
from tests.factories import a_translation
from tests.practices.desk import DESK, listed, table

pytestmark = [pytest.mark.slow]

PLACES = ("kazakhstan", "tajikistan", "international")
OWN = {"focal point": ["kazakhstan"], "neighbour": ["tajikistan"], "expert": ["international"]}
ALL = {role: list(PLACES) for role in ("translator", "secretariat", "administrator")}
ADDRESSES = {"index": "get", "index_results": "get", "save_view": "post"}


@pytest.mark.parametrize(("role", "places"), (OWN | ALL).items())
def test_the_desk_has_the_sections_in_which_one_writes(scenario, signed_in, role, places):
    client = signed_in(role)
    for address in (reverse(DESK), reverse("practices_desk:index_results"), f"{reverse(DESK)}?export=csv"):
        page = told(client.get(address))
        for place in PLACES:
            assert (f"{scenario.places[place].secret} draft" in page) is (place in places), (address, place)
    other = [place for place in PLACES if place not in places]
    assert all(listed(client, f"q={scenario.places[place].secret}") == [] for place in other)
    assert f'"url": "{reverse(DESK)}"' in told(client.get("/admin/"))


def test_reviewers_have_no_desk(scenario, signed_in):
    client = signed_in("reviewer")
    for name, method in ADDRESSES.items():
        assert refused(getattr(client, method)(reverse(f"practices_desk:{name}"))), name
    assert reverse(DESK) not in told(client.get("/admin/"))
    assert not DeskView.objects.exists()


def test_the_desk_says_who_has_a_practice_in_review_and_since_when(scenario, signed_in, submitted):
    client = signed_in("secretariat")
    TaskState.objects.filter(workflow_state__object_id=str(submitted.pk)).update(
        started_at=timezone.now() - timedelta(days=5, hours=1)
    )
    (row,) = table(client, "status=in-review&waiting=5")
    assert (row.title, row.holders, row.days) == (submitted.title, ["Secretariat"], 5)
    assert submitted.title not in listed(client, "waiting=6")
    task = WorkflowState.objects.get(object_id=str(submitted.pk)).current_task_state.task_id
    assert submitted.title in listed(client, f"holder={task}")
    assert submitted.title not in listed(client, "holder=author")
    UserProfile.objects.update_or_create(
        user=scenario.people["secretariat"], defaults={"preferred_language": "ru"}
    )
    (row,) = table(client, f"q={submitted.title}")
    assert row.holders == ["Секретариат"]


def test_what_was_sent_back_waits_for_who_sent_it_in(scenario, signed_in, submitted):
    state = WorkflowState.objects.get(object_id=str(submitted.pk))
    state.current_task_state.task.specific.on_action(
        state.current_task_state, scenario.people["secretariat"], "reject"
    )
    client = signed_in("focal point")
    (row,) = table(client, "status=sent-back")
    assert (row.title, row.holders, row.days) == (submitted.title, ["focal-point"], 0)
    assert submitted.title in listed(client, "holder=author")


def test_a_translation_in_review_puts_its_practice_into_review(scenario, signed_in):
    live = scenario.places["kazakhstan"].live
    russian = a_translation(PracticePage.objects.get(pk=live.pk), live=False, title="По-русски")
    russian.get_workflow().start(russian, scenario.people["focal point"])
    assert f"Public {scenario.places['kazakhstan'].section.slug}" in listed(
        signed_in("secretariat"), "status=in-review"
    )


@pytest.mark.parametrize("role", ["focal point", "expert", "translator", "reviewer"])
def test_acts_are_for_those_who_publish(scenario, signed_in, role):
    live = scenario.places["kazakhstan"].live
    own = DeskAct.objects.create(
        owner=scenario.people["secretariat"], code="publish", keys=[str(live.translation_key)]
    )
    client = signed_in(role)
    asked = {"act": "unpublish", "id": live.pk}
    assert refused(client.get(reverse("practices_desk:start_act"), asked))
    assert refused(client.post(reverse("practices_desk:start_act"), asked))
    assert refused(client.get(reverse("practices_desk:act", args=[own.pk])))
    assert 'name="act"' not in told(client.get(reverse(DESK)))
    assert DeskAct.objects.count() == 1


@pytest.mark.parametrize("sent_back", [False, True])
@pytest.mark.parametrize("code", ["publish", "unpublish", "set-evidence"])
def test_acts_decide_no_review(scenario, signed_in, submitted, code, sent_back):
    state = WorkflowState.objects.get(object_id=str(submitted.pk))
    if sent_back:
        step = state.current_task_state
        step.task.specific.on_action(step, scenario.people["secretariat"], "reject")
    client = signed_in("secretariat")
    asked = {"act": code, "id": submitted.pk, "value": "2"}
    assert submitted.title in told(client.get(reverse("practices_desk:start_act"), asked))
    client.post(reverse("practices_desk:start_act"), asked)
    while run_next():
        pass
    status = WorkflowState.objects.get(pk=state.pk).status
    assert status == (WorkflowState.STATUS_NEEDS_CHANGES if sent_back else WorkflowState.STATUS_IN_PROGRESS)
    page = PracticePage.objects.get(pk=submitted.pk)
    assert not page.live
    noted = sent_back and code == "set-evidence"
    assert page.get_latest_revision_as_object().evidence_level == ("2" if noted else "")
    assert [title for title, _reason in DeskAct.objects.get().left_out] == (
        [] if noted else [submitted.title]
    )


def test_a_fact_does_not_end_the_review_of_what_is_published_and_was_sent_back(scenario, signed_in):
    live = PracticePage.objects.get(pk=scenario.places["kazakhstan"].live.pk)
    state = live.get_workflow().start(live, scenario.people["focal point"])
    step = state.current_task_state
    step.task.specific.on_action(step, scenario.people["secretariat"], "reject")
    client = signed_in("secretariat")
    client.post(reverse("practices_desk:start_act"), {"act": "set-evidence", "id": live.pk, "value": "2"})
    while run_next():
        pass
    assert WorkflowState.objects.get(pk=state.pk).status == WorkflowState.STATUS_NEEDS_CHANGES
    assert len(DeskAct.objects.get().left_out) == 1


def test_a_fact_tells_nobody_that_their_draft_is_published(scenario, signed_in):
    live = PracticePage.objects.get(pk=scenario.places["kazakhstan"].live.pk)
    draft = live.get_latest_revision_as_object()
    draft.title = "Not for readers yet"
    draft.save_revision(user=scenario.people["focal point"])
    state = live.get_workflow().start(live, scenario.people["focal point"])
    state.cancel(user=scenario.people["secretariat"])
    mail.outbox.clear()
    client = signed_in("secretariat")
    client.post(reverse("practices_desk:start_act"), {"act": "set-evidence", "id": live.pk, "value": "2"})
    while run_next():
        pass
    page = PracticePage.objects.get(pk=live.pk)
    assert (page.evidence_level, page.has_unpublished_changes) == ("2", True)
    assert mail.outbox == []
