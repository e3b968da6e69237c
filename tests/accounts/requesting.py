"""Requests to the administration, and what their responses let the person know."""

from urllib.parse import unquote

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import (
    Comment,
    Page,
    PageViewRestriction,
    Revision,
    TaskState,
    WorkflowPage,
    WorkflowState,
)
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from enquiries.models import Answer, Message
from practices.models import PracticePage, ReviewLink

EDIT = "wagtailadmin_pages:edit"
PRACTICE = ("practices", "practicepage")
KEPT = [Page, Revision, WorkflowState, TaskState, WorkflowPage, PageViewRestriction, Comment, ReviewLink]
KEPT += [Message, Answer, get_image_model(), get_document_model()]


def ask(client, method, address):
    """The response, or None: what Wagtail raises for a script's request counts as its refusal."""
    try:
        return getattr(client, method)(address)
    except PermissionDenied:
        return None


def enter(client, address):
    """By GET, or by POST where there is nothing to get."""
    response = ask(client, "get", address)
    return ask(client, "post", address) if response is not None and response.status_code == 405 else response


def refused(response):
    if response is None or response.status_code in (400, 403, 404, 405):
        return True
    # A page that is not found below /admin/ is looked for in the reader's language, and not found there.
    away = (reverse("wagtailadmin_home"), f"/en{response.wsgi_request.path}")
    return response.status_code == 302 and unquote(response.url.partition("?")[0]) in away


def told(response):
    """Everything the response says, in its body or for the next page."""
    if response is None:
        return ""
    body = b"".join(response) if response.streaming else response.content
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    return body.decode(errors="replace") + said + response.headers.get("Location", "")


def rows():
    return [list(model.objects.order_by("pk").values_list()) for model in KEPT]


def form_of(page=None, **changes):
    """What the editor sends for a practice."""
    rich = [field.name for field in PracticePage._meta.get_fields() if isinstance(field, RichTextField)]
    data = {
        "title": page.title if page else "A new practice",
        "content_licence": "cc-by-4.0",
        "slug": page.slug if page else "a-new-practice",
        **{name: rich_text("<p>Told</p>") for name in rich},
        **{
            name: streamfield([])
            for name in ("approach", "indicators", "sources", "organisations", "contacts")
        },
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MAX_NUM_FORMS": "", "MIN_NUM_FORMS": 0},
    }
    return nested_form_data(data | changes)


def latest(page):
    """The practice as last saved; `page` itself is of before the test."""
    return PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
