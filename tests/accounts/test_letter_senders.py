"""Letters about reviews name their sender in the language in which they are written, whoever acts in whichever language."""

from email import message_from_bytes, policy

import pytest
from wagtail.models import PageSubscription
from wagtail.users.models import UserProfile

from accounts.roles import SECRETARIAT
from core.outbox import Mail
from tests.accounts.reviewing import COMMENT, edit, saved, state_of, workflow
from tests.factories import a_user

pytestmark = [pytest.mark.usefixtures("scenario"), pytest.mark.slow, pytest.mark.sqlite_suffices]
OTHER = {"en": "ru", "ru": "en"}
NAMES = {"en": "SPECA good practices", "ru": "Передовой опыт СПЕКА"}
GREETINGS = {"en": "Hello", "ru": "Здравствуйте"}
AUTHOR, SECRETARY = "focal point", "secretariat"
FORMSET = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
A_COMMENT = {"text": "Which year?", "contentpath": "summary", "position": "", "replies": FORMSET}
COMMENTS = FORMSET | {"TOTAL_FORMS": 1, "0": A_COMMENT}
# Who acts, on which page, what the editor sends, and how many get a letter.
ACTIONS = {
    "review asked": (AUTHOR, "draft", {"action-submit": "1"}, 2),
    "sent back": (SECRETARY, "submitted", workflow("reject", COMMENT), 1),
    "approved": (SECRETARY, "submitted", workflow("approve"), 1),
    "published without a review's end": (SECRETARY, "sent back", {"action-publish": "1"}, 1),
    "commented": (SECRETARY, "live", {}, 1),
    "unpublished in review": (SECRETARY, "live in review", None, 1),
}


def speaks(person, language):
    profile = UserProfile.get_for_user(person)
    profile.preferred_language = language
    profile.save()


def page_in(state, scenario):
    place = scenario.places["kazakhstan"]
    page = saved(place.live if state.startswith("live") else place.draft)
    if state in ("submitted", "sent back", "live in review"):
        page.get_workflow().start(page, scenario.people[AUTHOR])
    if state == "sent back":
        step = state_of(page).current_task_state
        step.task.specific.on_action(step, scenario.people[SECRETARY], "reject", comment=COMMENT)
    PageSubscription.objects.create(page=page, user=scenario.people[AUTHOR], comment_notifications=True)
    return page


def act(client, page, action):
    if action is None:
        client.post(f"/admin/pages/{page.pk}/unpublish/")
        return
    edit(client, page, action, **({} if action else {"comments": COMMENTS}))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("happening", ACTIONS)
def test_the_sender_is_named_in_the_language_of_the_letter(
    scenario, signed_in, settings, happening, language
):
    role, state, action, count = ACTIONS[happening]
    page = page_in(state, scenario)
    colleague = a_user(SECRETARIAT, username="colleague")
    for person in (*scenario.people.values(), colleague):
        speaks(person, OTHER[language])
    speaks(scenario.people[role], language)
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    Mail.objects.all().delete()
    act(signed_in(role), page, action)
    assert Mail.objects.count() == count
    for mail in Mail.objects.all():
        letter = message_from_bytes(bytes(mail.content), policy=policy.default)
        assert GREETINGS[OTHER[language]] in letter.get_content()
        assert letter["From"] == f"{NAMES[OTHER[language]]} <portal@speca.example>"
