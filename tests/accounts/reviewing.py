"""What people do with a practice in review, and what is said to them."""

import json

from django.urls import reverse
from wagtail.models import WorkflowState

from practices.models import PracticePage
from tests.factories.editing import loaded_from, posted, snapshot_data

CORRECTION = "Corrected by the second"
COMMENT = "Which year\nis this of?"


def saved(page):
    return PracticePage.objects.get(pk=page.pk)


def state_of(page):
    return WorkflowState.objects.for_instance(page).latest("pk")


def finish(page, action, user):
    """What the first of two does, after the second has opened the page."""
    if action == "cancel":
        state_of(page).cancel(user)
    else:
        step = state_of(page).current_task_state
        step.task.specific.on_action(step, user, action, comment="The first's")


def opened(page):
    """What the editor holds who has opened the page now."""
    step = saved(page).current_workflow_task_state
    return (
        snapshot_data() | {"slug": page.slug, "title": page.title},
        loaded_from(page) | ({"review-step": str(step.pk)} if step else {}),
    )


def sent(form, action, title=CORRECTION):
    fields, hidden = form
    return posted(**fields | {"title": title}) | hidden | action


def workflow(action, comment=""):
    extra = {"workflow-action-extra-data": json.dumps({"comment": comment})} if comment else {}
    return {"action-workflow-action": "true", "workflow-action-name": action} | extra


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


def edit(client, page, action, **changes):
    form = opened(page)
    form[0].update(changes)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, sent(form, action, changes.get("title", page.title)), follow=True)


def bulk(client, action, pages, **data):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?next=/admin/&{chosen}", data, follow=True)
