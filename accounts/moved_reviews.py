"""Reviews interrupted because the page is moved, unpublished or deleted.

The confirmation page warns before the action; afterwards the person who sent the page for review gets an e-mail with the
next steps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import Page, WorkflowState

from core.languages import other_languages
from core.users import AnyUser

DELETE, UNPUBLISH, MOVE = "delete", "unpublish", "move"
ACTIONS = (DELETE, UNPUBLISH, MOVE)


@dataclass(frozen=True)
class UndecidedReview:
    """A page whose review is running or was sent back, in its state before the action."""

    page: Page
    title: str
    parent: int
    state: WorkflowState


@dataclass(frozen=True)
class ReviewNotice:
    """What to tell the author of a page whose review was interrupted.

    `page` is None if it was deleted, `place` is the title of the new parent page, and `opens` says whether the author may
    edit the page there.
    """

    author: AnyUser
    title: str
    action: str
    page: Page | None
    place: str
    opens: bool


class DisturbedReviewNotifier(EmailNotificationMixin, Notifier):
    """E-mails in each recipient's language, except to those who switched off e-mails about rejected pages."""

    notification = "rejected"

    def __init__(self) -> None:
        super().__init__((Page,))

    def get_recipient_users(
        self, page: Page, author: AnyUser | None = None, **kwargs: object
    ) -> set[AnyUser | None]:
        return {author}

    def get_template_set(self, instance: Page, **kwargs: object) -> dict[str, str]:
        base = f"{self.template_directory}review_disturbed"
        return {"subject": f"{base}_subject.txt", "text": f"{base}.txt"}

    def get_context(self, page: Page, **kwargs: object) -> dict[str, object]:
        return super().get_context(page, **kwargs) | kwargs


send_interrupted_review_email = DisturbedReviewNotifier()


def undecided_at(pages: Iterable[Page], action: str) -> list[UndecidedReview]:
    """Return the pages with an undecided review that `action` on `pages` affects, in all languages."""
    pages_in_all_languages = [affected for page in pages for affected in (page, *other_languages(page))]
    if not pages_in_all_languages or action not in ACTIONS:
        return []
    if action == MOVE:  # descendants keep their parent page
        places = Q(pk__in=[page.pk for page in pages_in_all_languages])
    else:
        places = reduce(or_, (Q(path__startswith=page.path) for page in pages_in_all_languages))
    states = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    by_page = {int(state.object_id): state for state in states.select_related("requested_by").order_by("pk")}
    affected = Page.objects.filter(places, pk__in=by_page).order_by("path").specific()
    return [
        UndecidedReview(page, page.get_admin_display_title(), page.get_parent().pk, by_page[page.pk])
        for page in affected
        if action != UNPUBLISH or page.live
    ]


def remember_undecided_reviews(request: HttpRequest, pages: Iterable[Page], action: str) -> None:
    if request.method == "POST":
        request.undecided_before = undecided_at(pages, action)  # type: ignore[attr-defined]


def notify_authors(request: HttpRequest) -> None:
    """Send each author one e-mail per action about what was done to their pages."""
    notices = [_notice_for(before) for before in getattr(request, "undecided_before", [])]
    to_send = [notice for notice in notices if notice and notice.author and notice.author != request.user]
    to_send.sort(key=lambda notice: (notice.author.pk, notice.action))
    for (_key, action), group in groupby(to_send, key=lambda notice: (notice.author.pk, notice.action)):
        pages = list(group)
        send_interrupted_review_email(
            instance=Page(), author=pages[0].author, pages=pages, action=action, who=request.user
        )


def _notice_for(before: UndecidedReview) -> ReviewNotice | None:
    author = before.state.requested_by
    page = Page.objects.filter(pk=before.page.pk).first()
    if page is None:
        return ReviewNotice(author, before.title, DELETE, None, "", False)
    parent = page.get_parent()
    if parent.pk != before.parent:
        opens = bool(author and page.permissions_for_user(author).can_edit())
        return ReviewNotice(
            author, before.title, MOVE, page, parent.specific.get_admin_display_title(), opens
        )
    if before.page.live and not page.live:
        return ReviewNotice(author, before.title, UNPUBLISH, page, "", True)
    return None
