"""What hangs on a person's account, and what becomes of it when the account is deleted: shown before anybody does."""

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
    """`count` things of one kind, what becomes of them, and the first of them that the reader may see: (title, URL)."""

    label: str
    count: int
    fate: str
    listed: list[tuple[str, str]]
    more: int


def holdings_of(person: AnyUser, reader: AnyUser) -> list[Holding]:
    """Return what hangs on the account of `person`, as it is told to `reader`; kinds of which there is nothing are left out."""
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
    held = [_holding(label, pages, count, fate, reader) for label, pages, count, fate in kinds]
    return [holding for holding in held if holding.count]


def _holding(label: str, pages: PageQuerySet, count: int | None, fate: str, reader: AnyUser) -> Holding:
    finder = AdminURLFinder(reader)
    seen = linkable_pages(reader, pages).order_by("title", "pk")
    first = [
        (page.get_admin_display_title(), finder.get_edit_url(page) or "") for page in seen.specific()[:LISTED]
    ]
    return Holding(label, pages.count() if count is None else count, fate, first, seen.count() - len(first))


def _numbers(keys: Iterable[Any]) -> list[int]:
    return [int(row["object_id"]) for row in keys]
