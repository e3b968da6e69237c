"""Publishing many pages at once asks no form; so it asks here for what the form would ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from accounts.bulk import undecided
from practices.completeness import completeness
from practices.models import PracticePage
from practices.titles import TranslatedTitleForm, title_is_untranslated


def refuse_incomplete(
    request: HttpRequest, kind: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Back to the list with the names of the drafts that lack something; None where none does."""
    if kind != "publish":
        return None
    below = action.cleaned_form.cleaned_data.get("include_descendants")
    drafts = [draft for page in objects if isinstance(page, Page) for draft in _drafts(page, below)]
    found = [(draft, completeness(draft)) for draft in drafts]
    incomplete = [draft.title for draft, what in found if what.missing_for_review or what.untranslated]
    incomplete += [
        title for page in objects if isinstance(page, Page) for title in _untranslated(page, below)
    ]
    if incomplete:
        said = _("Nothing was published. Not complete enough for that: %(titles)s.") % {
            "titles": ", ".join(incomplete)
        }
        messages.error(request, said)
        return redirect(action.next_url)
    return None


def _drafts(page: Page, below: bool) -> list[PracticePage]:
    """What would be published: the latest drafts of `page` and, where asked for, of the unpublished pages below it, less those
    in review (accounts.bulk)."""
    pages = PracticePage.objects.filter(pk=page.pk)
    if below:
        pages |= PracticePage.objects.descendant_of(page).not_live()
    return [found.get_latest_revision_as_object() for found in pages if not undecided(found)]


def _untranslated(page: Page, below: bool) -> list[str]:
    """The titles, of pages that are no practices, that would be published in the words of another language."""
    pages = Page.objects.filter(pk=page.pk)
    if below:
        pages |= Page.objects.descendant_of(page).not_live()
    asked = [found for found in pages.specific() if issubclass(found.base_form_class, TranslatedTitleForm)]
    titles = [found.get_latest_revision_as_object().title for found in asked]
    return [title for found, title in zip(asked, titles, strict=True) if title_is_untranslated(found, title)]
