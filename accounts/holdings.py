"""Objects that refer to a user's account and what happens to them when it is deleted, for the confirmation page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Comment, CommentReply, Page, PageQuerySet, Revision, WorkflowState

from accounts.permissions import linkable_pages
from core.users import AnyUser

LISTED = 10


@dataclass(frozen=True)
class Holding:
    """A number of objects of one kind; `consequence` is a sentence about what deletion does to them.

    `listed` has (title, URL) of the first ones that the reader may see, `more` is how many further ones the reader may see.
    """

    label: str
    count: int
    consequence: str
    listed: list[tuple[str, str]]
    more: int


def holdings_of(person: AnyUser, reader: AnyUser) -> list[Holding]:
    """Return the objects that refer to `person`, by kind, as far as `reader` may see them; empty kinds are left out."""
    key = str(person.pk)
    in_review = WorkflowState.objects.active().filter(requested_by=person).values("object_id")
    commented = Comment.objects.filter(Q(user=person) | Q(replies__user=person))
    uploaded = sum(
        model._default_manager.filter(uploaded_by_user=key).count()
        for model in (get_image_model(), get_document_model())
    )
    stay = _("They stay, without the name of who made them.")
    kinds = [
        (_("Pages of which this person is the owner"), Page.objects.filter(owner=person), None,
         _("They stay, without an owner.")),
        (_("Pages that this person has sent for review"), Page.objects.filter(pk__in=_numbers(in_review)), None,
         _("The review goes on; nobody is told how it ends.")),
        (_("Comments in the margin of pages"), Page.objects.filter(pk__in=commented.values("page")),
         Comment.objects.filter(user=person).count() + CommentReply.objects.filter(user=person).count(),
         _("They are deleted, with the answers to them.")),
        (_("Versions of pages"), Page.objects.none(), Revision.page_revisions.filter(user=person).count(), stay),
        (_("Images and documents"), Page.objects.none(), uploaded, stay),
    ]  # fmt: skip
    rows = [_holding(label, pages, count, consequence, reader) for label, pages, count, consequence in kinds]
    return [holding for holding in rows if holding.count]


def _holding(
    label: str, pages: PageQuerySet, count: int | None, consequence: str, reader: AnyUser
) -> Holding:
    finder = AdminURLFinder(reader)
    visible_pages = linkable_pages(reader, pages).order_by("title", "pk")
    links = [
        (page.get_admin_display_title(), finder.get_edit_url(page) or "")
        for page in visible_pages.specific()[:LISTED]
    ]
    return Holding(
        label,
        pages.count() if count is None else count,
        consequence,
        links,
        visible_pages.count() - len(links),
    )


def _numbers(keys: Iterable[Any]) -> list[int]:
    return [int(row["object_id"]) for row in keys]
