"""Steps of a review are called in the reader's language; in the database and in the form their names stay whole."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Task, Workflow
from wagtail.users.models import UserProfile

from practices.models import SectionPage
from tests.factories import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
STEP, REVIEW = "Secretariat · Секретариат", "Practice review · Проверка практики"


@pytest.fixture
def in_review(db):
    call_command("setup_portal", verbosity=0)

    section = SectionPage.objects.get(slug="kazakhstan", locale__language_code="en")
    page = a_practice(section, live=False)
    page.save_revision()
    return page


@pytest.mark.parametrize(("language", "own"), [("en", "Secretariat"), ("ru", "Секретариат")])
def test_a_step_is_called_in_the_readers_language(admin_client, superuser, in_review, language, own):
    in_review.get_workflow().start(in_review, superuser)
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": language})
    for address in (
        reverse("wagtailadmin_reports:workflow"), reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:site_history"), reverse("wagtailadmin_workflows:index"),
        reverse("wagtailadmin_workflows:task_index"), reverse("wagtailadmin_pages:edit", args=[in_review.pk]),
        reverse("wagtailadmin_pages:workflow_history", args=[in_review.pk]),
        reverse("wagtailadmin_pages:history", args=[in_review.pk]),
    ):  # fmt: skip
        html = BeautifulSoup(admin_client.get(address).content, "html.parser")
        assert " · " not in html.get_text(), (
            address,
            html.get_text()[html.get_text().index(" · ") - 40 :][:80],
        )
    task = Task.objects.get(name=STEP)
    with override(language):
        assert str(task.name) == f"{task.name}" == own


def test_the_name_stays_whole(admin_client, in_review):
    task, workflow = Task.objects.get(name=STEP), Workflow.objects.get(name=REVIEW)
    task.save()
    workflow.refresh_from_db()
    workflow.save()
    assert Task.objects.filter(name=STEP).exists()
    assert Workflow.objects.filter(name=REVIEW).exists()
    for address, name in (
        (reverse("wagtailadmin_workflows:edit_task", args=[task.pk]), STEP),
        (reverse("wagtailadmin_workflows:edit", args=[workflow.pk]), REVIEW),
    ):
        form = BeautifulSoup(admin_client.get(address).content, "html.parser")
        assert form.find(id="id_name")["value"] == name
    call_command("setup_portal", verbosity=0)
    assert Task.objects.filter(name=STEP).count() == Workflow.objects.filter(name=REVIEW).count() == 1
