"""The history says what came of an approval, and not what Wagtail expected."""

import pytest
from django.urls import reverse

from tests.accounts.reviewing import edit, finish, saved, workflow

pytestmark = [pytest.mark.usefixtures("scenario"), pytest.mark.slow, pytest.mark.sqlite_suffices]
STEPS = {"expert": "Expert", "secretariat": "Secretariat"}


def history(client, page) -> str:
    return client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()


@pytest.mark.parametrize("title", ["", "With a correction of one's own"])
def test_after_the_last_approval_nothing_is_next(scenario, submitted, signed_in, title):
    """With a correction in it the expert's step was passed over for an earlier version, and so was next again."""
    client = signed_in("secretariat")
    edit(client, submitted, workflow("approve"), **({"title": title} if title else {}))
    assert saved(submitted).live
    said = history(client, submitted)
    assert f"{STEPS['secretariat']}: approved. The review is complete." in said
    assert f"approved. Next: {STEPS['expert']}" not in said


def test_after_an_expert_the_secretariat_is_next(scenario, submitted, signed_in):
    finish(submitted, "ask_expert", scenario.people["secretariat"])
    finish(submitted, "approve", scenario.people["reviewer"])
    said = history(signed_in("secretariat"), submitted)
    assert f"{STEPS['expert']}: approved. Next: {STEPS['secretariat']}" in said
