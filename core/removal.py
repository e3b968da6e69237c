"""Taking a page away in one of its languages or in all of them: whoever does it is asked."""

from typing import Any

from wagtail.models import Page

from core.languages import other_languages

# The field of the form, and its values.
CHOICE, ALL, ONE = "languages", "all", "one"


def affected(page: Page, action: str) -> list[Any]:
    """The other languages of a page that could go with it: to unpublish, those that are public."""
    if action not in ("delete", "unpublish"):
        return []
    return [other for other in other_languages(page) if action == "delete" or other.live]


def may_remove_all(user: Any, page: Page, action: str) -> bool:
    return all(_may(user, other, action) for other in affected(page, action))


def remove(page: Page, action: str, user: Any) -> None:
    """Do to the other languages of `page` what is about to be done to it."""
    for other in affected(page, action):
        if action == "delete":
            other.delete(user=user)
        else:
            other.unpublish(user=user)


def _may(user: Any, page: Page, action: str) -> bool:
    tester = page.permissions_for_user(user)
    return bool(tester.can_delete() if action == "delete" else tester.can_unpublish())
