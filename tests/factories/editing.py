"""What the editor's browser sends."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from wagtail.models import Page, PageSubscription
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from practices.edit_conflicts import BASED_ON, stamp
from practices.models import PracticePage, SectionPage
from tests.factories.accounts import a_superuser
from tests.factories.taxonomy import a_theme

RICH = ("challenge", "objectives", "results", "difficulties", "lessons", "legal_context", "preconditions")
STREAMS = ("approach", "indicators", "sources", "organisations", "contacts")
EMPTY: dict[str, Any] = {
    **{name: rich_text("") for name in (*RICH, "adaptation_advice")},
    **{name: streamfield([]) for name in STREAMS},
    "content_licence": "cc-by-4.0",
    "slug": "",
    "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
}


def snapshot_data() -> dict[str, Any]:
    """All that review needs, the country aside, which the section gives."""
    return {
        "title": "Schools online",
        "summary": "Every school has a line.",
        "themes": [a_theme().pk],
        "status": "ongoing",
        "challenge": rich_text("<p>Few were connected.</p>"),
        "approach": streamfield([("text", rich_text("<p>One by one.</p>"))]),
        "organisations": led_by("Ministry"),
        "sources": streamfield([("source", {"title": "Report", "publisher": "", "url": "", "year": "2025"})]),
        "contacts": streamfield(
            [("contact", {"role": "Office", "organisation": "", "email": "office@example.org"})]
        ),
    }


def led_by(*names: str) -> Any:
    """These lead organisations as the editor sends them."""
    return streamfield([("lead", {"name": name, "ror": "", "url": ""}) for name in names])


def posted(**fields: Any) -> dict[str, Any]:
    """A whole form with these fields, everything else empty; a list is several values of one field."""
    several = {name: value for name, value in fields.items() if isinstance(value, list)}
    return (
        nested_form_data(EMPTY | {name: value for name, value in fields.items() if name not in several})
        | several
    )


def form_of(page: Page) -> dict[str, Any]:
    """The form of a page of any type, filled in."""
    if isinstance(page, PracticePage):
        return posted(**snapshot_data())
    country = {"country": page.country.pk} if isinstance(page, SectionPage) else {}
    return nested_form_data(
        {"title": page.title, "slug": page.slug, "intro": "Read this.", "comments": EMPTY["comments"]}
        | country
    )


def add_url(section: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=("practices", "practicepage", section.pk))


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def loaded_from(page: PracticePage) -> dict[str, str]:
    """The hidden field of a form opened now."""
    return {BASED_ON: stamp(type(page).objects.get(pk=page.pk).latest_revision)}


def checked(section: Page, draft: bool = True, page: Page | None = None, **fields: Any) -> dict[str, Any]:
    """The errors of the form, without the page around it."""
    page = page.get_latest_revision_as_object() if page else PracticePage(locale=section.locale)
    data = QueryDict(mutable=True)
    for name, value in posted(**fields).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = PracticePage.get_edit_handler().get_form_class()(
        data,
        instance=page,
        parent_page=section,
        for_user=a_superuser(),
        subscription=PageSubscription(page=page),
    )
    if draft:
        form.defer_required_fields()
    form.is_valid()
    return form.errors
