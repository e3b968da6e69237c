"""A portal with something secret in each of three sections, and a person for each role: what the tables of permissions ask about.

What nobody outside a section may read carries that section's secret word: titles and texts of drafts, the newer title of a
published page, names of images and documents, a comment of a review.
"""

import io
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, TaskState, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import User
from accounts.roles import ADMINISTRATORS, EXPERTS, REVIEWERS, SECRETARIAT, TRANSLATORS, focal_points
from enquiries.models import Message
from indexing.models import Withdrawal
from practices.models import PracticePage, ReviewLink, SectionPage
from tests.factories import a_practice, a_user

ROLES = {
    "focal point": focal_points("Kazakhstan"),
    "neighbour": focal_points("Tajikistan"),
    "expert": EXPERTS,
    "translator": TRANSLATORS,
    "reviewer": REVIEWERS,
    "secretariat": SECRETARIAT,
    "administrator": ADMINISTRATORS,
}
PLACES = {"kazakhstan": "focal point", "tajikistan": "neighbour", "international": "expert"}


@dataclass
class Place:
    """A section and what is in it; `secret` stands in all that is not public."""

    secret: str
    section: SectionPage
    translated_section: SectionPage
    draft: PracticePage
    live: PracticePage
    alias: Page
    in_review: PracticePage
    state: WorkflowState
    task: TaskState
    link: ReviewLink
    message: Message
    image: Any
    document: Any


@dataclass
class Scenario:
    people: dict[str, User]
    places: dict[str, Place]

    def secrets_hidden_from(self, place: str) -> list[str]:
        return [other.secret for name, other in self.places.items() if name != place]


def build_scenario() -> Scenario:
    call_command("setup_portal", verbosity=0, stdout=io.StringIO())
    Redirect.objects.create(old_path="/old", redirect_link="/new")
    Withdrawal.objects.create(key=uuid4())
    people = {role: a_user(group, username=role.replace(" ", "-")) for role, group in ROLES.items()}
    return Scenario(people, {slug: _place(slug, people[owner]) for slug, owner in PLACES.items()})


def _alias_of_before(page: PracticePage, slug: str) -> PracticePage:
    """An alias of a practice, as databases have that were filled while the admin still offered them."""
    copy = page.copy(update_attrs={"slug": slug}, copy_revisions=False)
    Page.objects.filter(pk=copy.pk).update(alias_of=page)
    return PracticePage.objects.get(pk=copy.pk)


def _place(slug: str, owner: User) -> Place:
    secret = f"Zaq{slug}wsx"
    english, russian = SectionPage.objects.filter(slug=slug).order_by("locale__language_code")
    draft = _draft(english, f"{secret} draft", owner, challenge=f"<p>{secret} challenge</p>")
    live = a_practice(english, title=f"Public {slug}", owner=owner)
    live.title = f"{secret} newer title"
    live.save_revision(user=owner)
    live.refresh_from_db()
    alias = _alias_of_before(live, f"alias-{slug}")
    _translate(draft, russian.locale)
    in_review = _draft(english, f"{secret} in review", owner)
    state = in_review.get_workflow().start(in_review, owner)
    collection = Collection.objects.get(name__startswith=english.title)
    image = get_image_model().objects.create(
        title=f"{secret} image", file=get_test_image_file(f"{slug}.png"), collection=collection
    )
    document = get_document_model().objects.create(
        title=f"{secret} document", file=ContentFile(secret, f"{slug}.txt"), collection=collection
    )
    return Place(
        secret=secret,
        section=english,
        translated_section=russian,
        draft=draft,
        live=live,
        alias=alias,
        in_review=in_review,
        state=state,
        task=state.current_task_state,
        link=ReviewLink.objects.create(page=draft, created_by=owner),
        message=_message(english, secret),
        image=image,
        document=document,
    )


def _message(section: SectionPage, secret: str) -> Message:
    """What a reader wrote to the focal points of the section's country; of a section without one, to the secretariat."""
    country = section.country.code if section.country else ""
    about = {"section_key": section.translation_key, "title": f"{secret} message", "country": country}
    return Message.objects.create(**about, kind="contact", text=f"{secret} question", language="en")


def _translate(draft: PracticePage, locale: Locale) -> None:
    """As wagtail-localize notes it, which lists the draft in a report of its own."""
    source, _ = TranslationSource.get_or_create_from_instance(draft)
    Translation.objects.create(source=source, target_locale=locale)


def _draft(section: SectionPage, title: str, owner: User, **fields: Any) -> PracticePage:
    draft = a_practice(section, live=False, snapshot=False, title=title, owner=owner, **fields)
    return PracticePage.objects.get(pk=draft.pk)
