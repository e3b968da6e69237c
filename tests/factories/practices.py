"""Practices: drafts, published ones and their translations."""

from typing import Any

import factory
import wagtail_factories
from wagtail.models import Locale, Page

from practices.models import PracticePage
from tests.factories.taxonomy import a_beneficiary, a_country, a_practice_type, a_theme, an_sdg

TERMS = {
    "countries": a_country,
    "adopted_by": a_country,
    "themes": a_theme,
    "sdgs": an_sdg,
    "beneficiaries": a_beneficiary,
}
SNAPSHOT: dict[str, Any] = {
    "summary": "What it is, in two sentences.",
    "themes": ["digital-connectivity"],
    "status": "ongoing",
    "challenge": "<p>Few were connected.</p>",
    "approach": [("text", "<p>They were connected one by one.</p>")],
    "organisations": [("lead", {"name": "Ministry of Connection"})],
    "sources": [("source", {"title": "Annual report", "publisher": "Ministry", "year": 2025})],
    "contacts": [("contact", {"role": "Project office", "email": "office@example.org"})],
}


class PracticePageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda number: f"Practice {number}")
    slug = ""  # made from the title, as in the admin

    class Meta:
        model = PracticePage


def a_practice(section: Page, live: bool = True, snapshot: bool = True, **fields: Any) -> PracticePage:
    """A practice in this section, published through a revision as the admin does; a draft with live=False.

    `fields` are the page's; terms may be given by code (themes=["digital-skills"], practice_type="policy"), tags by
    name, streams as [(block, value)]. With snapshot=False it has nothing but what is given (and its section's country).
    """
    values = (SNAPSHOT if snapshot else {}) | fields
    country = section.specific.country
    values.setdefault("countries", [country] if country else ["EE"])
    tags = values.pop("tags", [])
    page = PracticePageFactory(parent=section, locale=section.locale, live=False, **_terms(values))
    page.tags.set(tags)
    revision = page.save_revision()
    return publish(page) if live else revision.as_object()


def a_translation(
    original: PracticePage, language: str = "ru", live: bool = True, **fields: Any
) -> PracticePage:
    """The practice in another language, made without wagtail-localize; `fields` replace the copied ones."""
    page = original.copy_for_translation(Locale.objects.get(language_code=language))
    tags = fields.pop("tags", None)
    for name, value in _terms(fields).items():
        setattr(page, name, value)
    if tags is not None:
        page.tags.set(tags)
    page.save_revision()
    return publish(page) if live else page


def publish(page: Page, **fields: Any) -> Any:
    """Change these fields in the page's latest draft and publish it, as an editor would; returns it as it is then."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in _terms(fields).items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def _terms(values: dict[str, Any]) -> dict[str, Any]:
    found = dict(values)
    for name, make in TERMS.items():
        if name in found:
            found[name] = [make(term) if isinstance(term, str) else term for term in found[name]]
    if isinstance(found.get("practice_type"), str):
        found["practice_type"] = a_practice_type(found["practice_type"])
    return found
