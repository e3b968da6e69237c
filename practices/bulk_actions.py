"""Checks for bulk publishing, which uses no form: the same conditions as in the forms of the pages."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page, PageQuerySet

from accounts.bulk_actions import undecided
from practices.completeness import completeness
from practices.models import PracticePage
from practices.titles import TranslatedTitleForm, title_is_untranslated


def refuse_incomplete(
    request: HttpRequest, kind: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    """Redirect to the list with an error that names the incomplete drafts; return None if there are none."""
    if kind != "publish":
        return None
    below = action.cleaned_form.cleaned_data.get("include_descendants")
    pages = [page for page in objects if isinstance(page, Page)]
    incomplete = [*incomplete_drafts(pages), *(incomplete_drafts_below(pages) if below else [])]
    if incomplete:
        titles = ", ".join(draft.title for draft in incomplete)
        messages.error(
            request,
            _("Nothing was published. Not complete enough for that: %(titles)s.") % {"titles": titles},
        )
        return redirect(action.next_url)
    return None


def incomplete_drafts(pages: Iterable[Page]) -> list[Page]:
    """Return the latest drafts of these pages that are incomplete, without those in review (accounts.bulk_actions)."""
    return _incomplete(Page.objects.filter(pk__in=[page.pk for page in pages]))


def incomplete_drafts_below(pages: Iterable[Page]) -> list[Page]:
    """Return the incomplete latest drafts of unpublished pages below these, without those in review."""
    below = [Page.objects.descendant_of(page).not_live() for page in pages]
    return _incomplete(reduce(or_, below)) if below else []


def _incomplete(pages: PageQuerySet) -> list[Page]:
    drafts = [
        page.get_latest_revision_as_object()
        for page in pages.order_by("path").specific()
        if not undecided(page)
    ]
    return [draft for draft in drafts if _lacks_something(draft)]


def _lacks_something(draft: Page) -> bool:
    """Return whether a practice lacks fields needed for review, or another page a translated title."""
    if isinstance(draft, PracticePage):
        result = completeness(draft)
        return bool(result.missing_for_review or result.untranslated)
    return issubclass(draft.base_form_class, TranslatedTitleForm) and title_is_untranslated(
        draft, draft.title
    )
