"""After each step of a review the person is told what was done and what comes next, and its status has one name everywhere."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.accounts.reviewing import COMMENT, edit, saved, state_of, told, workflow

pytestmark = [pytest.mark.usefixtures("scenario"), pytest.mark.slow, pytest.mark.sqlite_suffices]

SUBMIT = {"action-submit": "1"}
STATUS_PANEL, BUTTONS = "[data-side-panel=status]", "footer"


DONE = {
    "approve": ["is published", "told by e-mail"],
    "reject": ["sent back to focal-point", "when it is sent for review again"],
    "ask_expert": ["experts are asked", "comes back to the secretariat"],
}


@pytest.mark.parametrize("action", DONE)
@pytest.mark.parametrize("where", ["editor", "list"])
def test_a_decision_is_confirmed(submitted, signed_in, action, where):
    client = signed_in("secretariat")
    if where == "editor":
        response = edit(client, submitted, workflow(action, COMMENT))
    else:
        step = state_of(submitted).current_task_state_id
        address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, action, step])
        response = client.post(address, {"comment": COMMENT, "next": "/admin/"}, follow=True)
    for words in DONE[action]:
        assert words in told(response)
    assert "has been updated" not in told(response)


def test_it_is_confirmed_in_ones_language(scenario, submitted, signed_in):
    UserProfile.objects.update_or_create(
        user=scenario.people["secretariat"], defaults={"preferred_language": "ru"}
    )
    client = signed_in("secretariat")
    response = edit(client, submitted, workflow("approve"))
    said = told(response).partition("</strong>")[0].partition("<span")[0]
    assert "опубликован" in said
    assert not re.search("[A-Za-z]{3,}", said.replace(submitted.title, ""))
    html = client.get(reverse("wagtailadmin_explore", args=[submitted.get_parent().pk])).content.decode()
    assert " of " not in html[html.index("<thead") : html.index("</thead>")]


def test_an_expert_recommends(scenario, submitted, signed_in):
    step = state_of(submitted).current_task_state
    step.task.specific.on_action(step, scenario.people["secretariat"], "ask_expert")
    response = edit(signed_in("reviewer"), submitted, workflow("approve"))
    assert "You recommended" in told(response)


def test_sending_for_review_and_taking_back_are_confirmed(scenario, signed_in):
    page = saved(scenario.places["kazakhstan"].draft)
    client = signed_in("focal point")
    assert "is sent for review" in told(edit(client, page, SUBMIT))
    assert "is out of review" in told(edit(client, page, {"action-cancel-workflow": "1"}))


@pytest.fixture
def sent_back(scenario, submitted):
    step = state_of(submitted).current_task_state
    step.task.specific.on_action(step, scenario.people["secretariat"], "reject", comment=COMMENT)
    return saved(submitted)


def test_what_was_sent_back_says_why_above_the_form(sent_back, signed_in):
    client = signed_in("focal point")
    html = client.get(reverse("wagtailadmin_pages:edit", args=[sent_back.pk])).content.decode()
    notice, form = html.index("Sent back for changes by secretariat"), html.index('id="page-edit-form"')
    assert notice < form
    assert "Which year<br>is this of?" in html[notice:form]
    assert "Send for review again" in part(html, BUTTONS)
    for words in ("Resubmit to", "Secretariat · Секретариат</em>", "Restart workflow"):
        assert words not in html
    edit(client, sent_back, SUBMIT)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[sent_back.pk])).content.decode()
    assert "Sent back for changes by" not in html


def part(html, selector):
    """The text of one part of the editor: the notice above the form has the same words as the others."""
    return BeautifulSoup(html, "html.parser").select_one(selector).get_text(" ", strip=True)


def rows(html, page):
    """The rows of a list that lead to the editor of `page`."""
    link = reverse("wagtailadmin_pages:edit", args=[page.pk])
    found = BeautifulSoup(html, "html.parser").select("main tr")
    return [row.get_text(" ", strip=True) for row in found if row.select(f'a[href="{link}"]')]


@pytest.mark.parametrize(
    ("language", "status", "another", "again"),
    [
        ("en", "sent back", "in review", "Send for review again"),
        ("ru", "возвращено", "на проверке", "Снова отправить на проверку"),
    ],
)
def test_its_status_is_the_same_wherever_it_stands(
    scenario, sent_back, signed_in, language, status, another, again
):
    """In the editor's panel, in the list of the section and in every list of the first page."""
    UserProfile.objects.update_or_create(
        user=scenario.people["focal point"], defaults={"preferred_language": language}
    )
    client = signed_in("focal point")
    pages = {
        name: client.get(reverse(name, args=args)).content.decode()
        for name, args in (
            ("wagtailadmin_pages:edit", [sent_back.pk]),
            ("wagtailadmin_explore", [sent_back.get_parent().pk]),
            ("wagtailadmin_home", []),
            ("wagtailadmin_pages:history", [sent_back.pk]),
        )
    }
    editor, section, home, _history = pages.values()
    lists = [rows(section, sent_back), rows(home, sent_back)]
    assert all(lists)
    for shown in [part(editor, STATUS_PANEL), *lists[0], *lists[1]]:
        assert status in shown.lower()
        assert another not in shown.lower()
    assert again in part(editor, BUTTONS)
    for html in pages.values():
        for other in ("in moderation", "changes requested", "needs changes"):
            assert other not in html.lower()


@pytest.mark.parametrize(
    ("language", "told_"), [("en", "readers see it until then"), ("ru", "будет снят с публикации")]
)
def test_a_publication_with_an_expiry_names_it(scenario, signed_in, language, told_):
    person = scenario.people["secretariat"]
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": language})
    page = saved(scenario.places["kazakhstan"].live)
    expires = timezone.localtime(timezone.now() + timedelta(minutes=30))
    client = signed_in("secretariat")
    response = edit(client, page, {"action-publish": "1"}, expire_at=f"{expires:%Y-%m-%d %H:%M}")
    assert told_ in told(response)
    assert f"{expires:%M}" in told(response)
    response = edit(client, page, {"action-publish": "1"}, expire_at="")
    assert told_ not in told(response)
