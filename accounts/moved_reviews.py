"""A page is moved, unpublished or deleted while its review is not decided: the question before says so, and who sent it for
review is told afterwards, with what to do now."""

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
class Undecided:
    """A page whose review is running or was sent back, as it is before the action."""

    page: Page
    title: str
    parent: int
    state: WorkflowState


@dataclass(frozen=True)
class Told:
    """What its author is told of a page: where it is now, None where it is deleted, and whether they may open it there."""

    author: AnyUser
    title: str
    action: str
    page: Page | None
    place: str
    opens: bool


class DisturbedReviewNotifier(EmailNotificationMixin, Notifier):
    """In each person's language, unless they switched off the e-mails about what is sent back to them."""

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


tell = DisturbedReviewNotifier()


def undecided_at(pages: Iterable[Page], action: str) -> list[Undecided]:
    """The pages that `action` on these reaches, in all their languages, whose review is not decided."""
    reached = [found for page in pages for found in (page, *other_languages(page))]
    if not reached or action not in ACTIONS:
        return []
    if action == MOVE:  # those below stay where they are, below the same page
        places = Q(pk__in=[page.pk for page in reached])
    else:
        places = reduce(or_, (Q(path__startswith=page.path) for page in reached))
    states = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    by_page = {int(state.object_id): state for state in states.select_related("requested_by").order_by("pk")}
    found = Page.objects.filter(places, pk__in=by_page).order_by("path").specific()
    return [
        Undecided(page, page.get_admin_display_title(), page.get_parent().pk, by_page[page.pk])
        for page in found
        if action != UNPUBLISH or page.live
    ]


def note_before(request: HttpRequest, pages: Iterable[Page], action: str) -> None:
    if request.method == "POST":
        request.undecided_before = undecided_at(pages, action)  # type: ignore[attr-defined]


def tell_after(request: HttpRequest) -> None:
    """Tell each author, in one letter, what has really been done to their pages."""
    found = [_told(before) for before in getattr(request, "undecided_before", [])]
    news = [told for told in found if told and told.author and told.author != request.user]
    news.sort(key=lambda told: (told.author.pk, told.action))
    for (_key, action), group in groupby(news, key=lambda told: (told.author.pk, told.action)):
        pages = list(group)
        tell(instance=Page(), author=pages[0].author, pages=pages, action=action, who=request.user)


def _told(before: Undecided) -> Told | None:
    author = before.state.requested_by
    page = Page.objects.filter(pk=before.page.pk).first()
    if page is None:
        return Told(author, before.title, DELETE, None, "", False)
    parent = page.get_parent()
    if parent.pk != before.parent:
        opens = bool(author and page.permissions_for_user(author).can_edit())
        return Told(author, before.title, MOVE, page, parent.specific.get_admin_display_title(), opens)
    if before.page.live and not page.live:
        return Told(author, before.title, UNPUBLISH, page, "", True)
    return None
