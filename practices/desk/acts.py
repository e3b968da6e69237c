"""What the desk does with many practices: a fact added, removed or set, publication, withdrawal.

A fact is one of the practice in all its languages. A published practice shows the change at once; if it has a newer draft, that
gets the change too and stays a draft. A practice in review is left to its review.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.models import Page

from accounts.bulk_actions import IN_REVIEW, PublishPages, undecided
from accounts.fact_changes import CHANGE_FACT
from core.users import AnyUser
from practices.bulk_actions import incomplete_drafts
from practices.models import PracticePage
from practices.sections import country_of
from taxonomy.choices import Evidence
from taxonomy.models import Beneficiary, Country, Theme

# A review of a practice without them is refused (practices.completeness).
NEEDED = ("countries", "themes")
# Pages with a draft to publish. Those that were unpublished, or have expired, are not public on purpose.
PUBLISHABLE = Q(live=True, has_unpublished_changes=True) | Q(live=False, first_published_at=None)


class LeftOut(Exception):
    """A practice is not changed; the message says why."""


@dataclass(frozen=True)
class Act:
    """An act: `field` is the one that it changes, `vocabulary` what its values are chosen from."""

    code: str
    label: str | Promise
    field: str = ""
    vocabulary: type[models.Model] | None = None
    removes: bool = False

    @property
    def has_value(self) -> bool:
        return bool(self.field)

    @property
    def makes_tag(self) -> bool:
        """Whether the value may be a tag that there is not yet."""
        return self.vocabulary is Tag and not self.removes


ACTS: dict[str, Act] = {
    act.code: act
    for act in (
        Act("add-theme", gettext_lazy("Add a theme"), "themes", Theme),
        Act("remove-theme", gettext_lazy("Remove a theme"), "themes", Theme, removes=True),
        Act("add-tag", gettext_lazy("Add a tag"), "tags", Tag),
        Act("remove-tag", gettext_lazy("Remove a tag"), "tags", Tag, removes=True),
        Act("add-country", gettext_lazy("Add a country"), "countries", Country),
        Act("remove-country", gettext_lazy("Remove a country"), "countries", Country, removes=True),
        Act("add-beneficiary", gettext_lazy("Add a beneficiary group"), "beneficiaries", Beneficiary),
        Act(
            "remove-beneficiary",
            gettext_lazy("Remove a beneficiary group"),
            "beneficiaries",
            Beneficiary,
            removes=True,
        ),
        Act("set-evidence", gettext_lazy("Set the evidence level"), "evidence_level"),
        Act("publish", gettext_lazy("Publish the drafts")),
        Act("unpublish", gettext_lazy("Unpublish in all languages")),
    )
}


def drafts_of(practices: models.QuerySet[Any]) -> dict[str, str]:
    """Return, for the key of each practice, what its latest drafts are: other text once one of them is saved again."""
    pages = Page.objects.filter(translation_key__in=practices.order_by().values("translation_key"))
    drafts: dict[str, str] = {}
    columns = ("translation_key", "pk", "latest_revision", "latest_revision_created_at")
    for key, pk, revision, saved in pages.filter(alias_of=None).order_by("pk").values_list(*columns):
        # An autosave overwrites the revision, and changes its time only.
        drafts[str(key)] = f"{drafts.get(str(key), '')} {pk}:{revision}@{saved and saved.isoformat()}"
    return drafts


def perform(code: str, value: str, key: UUID, user: AnyUser, confirmed: str | None = None) -> None:
    """Do this to a practice, inside a transaction. Raises LeftOut with the reason where nothing is done.

    `confirmed` is what its drafts were (`drafts_of`) when the person confirmed; None takes them as they are.
    """
    act = ACTS[code]
    # As the middleware of the admin locks a page: who saves it at this moment waits, or is waited for.
    list(Page.objects.filter(translation_key=key).order_by("pk").select_for_update().values_list("pk"))
    practice = PracticePage.objects.of_record(key)
    pages = list(practice.filter(alias_of=None).order_by("pk"))
    if not pages:
        raise LeftOut(_("It was deleted."))
    if confirmed is not None and drafts_of(practice)[str(key)] != confirmed:
        raise LeftOut(_("It was changed after you confirmed."))
    if any(undecided(page, IN_REVIEW) for page in pages):
        raise LeftOut(_("It is in review."))
    if any(not page.permissions_for_user(user).can_publish() or page.locked for page in pages):
        raise LeftOut(_("It is locked, or you may not publish it."))
    # Another publication would call it off.
    if any(page.approved_schedule for page in pages):
        raise LeftOut(_("Its publication is scheduled."))
    if act.code == "publish":
        _publish(pages, user)
    elif act.code == "unpublish":
        _unpublish(pages, user)
    else:
        _change(pages, change_of(act, value), user)


def change_of(act: Act, value: str) -> Callable[[PracticePage], bool]:
    """Return the function that changes one version of a page and returns whether it did. It raises LeftOut."""
    if act.field == "evidence_level":
        return lambda page: _set_evidence(page, value)
    term: Any = act.vocabulary and act.vocabulary._default_manager.filter(pk=value).first()
    if term is None:
        raise LeftOut(_("That word is no longer in the list."))
    return lambda page: _add_or_remove(page, act, term)


def _set_evidence(page: PracticePage, value: str) -> bool:
    if page.evidence_level == value or value not in Evidence.values:
        return False
    page.evidence_level = value
    return True


def _add_or_remove(page: PracticePage, act: Act, term: Any) -> bool:
    terms = list(getattr(page, act.field).all())
    if (term in terms) is not act.removes:
        return False
    manager = getattr(page, act.field)
    value = term.name if act.vocabulary is Tag else term  # tags are removed by their names only
    if not act.removes:
        manager.add(value)
        return True
    if act.field in NEEDED and len(terms) == 1:
        raise LeftOut(_("It would have none left, and needs one."))
    if act.field == "countries" and country_of(page.get_parent()) == term:
        raise LeftOut(_("It stands in the section of this country."))
    manager.remove(value)
    return True


def _change(pages: list[PracticePage], change: Callable[[PracticePage], bool], user: AnyUser) -> None:
    """Change the published original, which its translations follow, or each page where the original is a draft."""
    original = next((page for page in pages if page.is_original), None)
    changing = [original] if original and original.live else pages
    # Publishing a fact would end the review.
    if any(page.live and undecided(page) for page in changing):
        raise LeftOut(_("It was sent back. Decide in the review."))
    changed = [_change_versions(page, change, user) for page in changing]
    if not any(changed):
        raise LeftOut(_("It is so already."))


def _change_versions(page: PracticePage, change: Callable[[PracticePage], bool], user: AnyUser) -> bool:
    newer_draft = page.latest_revision if page.has_unpublished_changes or not page.live else None
    changed = False
    if page.live and change(page):
        page.save_revision(user=user, log_action=CHANGE_FACT).publish(user=user)
        changed = True
    if newer_draft or not page.live:
        draft = PracticePage.objects.get(pk=page.pk)
        draft = newer_draft.as_object() if newer_draft else draft
        # Kept as the newest version, even if it had the fact before.
        if change(draft) or changed:
            draft.save_revision(user=user, log_action=CHANGE_FACT)
            changed = True
    return changed


def _publish(pages: list[PracticePage], user: AnyUser) -> None:
    drafts = list(PracticePage.objects.filter(PUBLISHABLE, pk__in=[page.pk for page in pages]).order_by("pk"))
    if not drafts and any(not page.live for page in pages):
        raise LeftOut(_("It was unpublished, or has expired. Publish it on its own page."))
    if not drafts:
        raise LeftOut(_("It has no draft to publish."))
    if any(undecided(page) for page in drafts):
        raise LeftOut(_("It was sent back. Decide in the review."))
    if incomplete_drafts(drafts):
        raise LeftOut(_("It is not complete enough for that."))
    # Their publication would only be scheduled.
    go_live = [page.get_latest_revision_as_object().go_live_at for page in drafts]
    if any(moment and moment > timezone.now() for moment in go_live):
        raise LeftOut(_("Its publication is scheduled."))
    PublishPages.execute_action(drafts, user=user)


def _unpublish(pages: list[PracticePage], user: AnyUser) -> None:
    live = [page for page in pages if page.live]
    if not live:
        raise LeftOut(_("It is not published."))
    if any(undecided(page) for page in pages):
        raise LeftOut(_("It was sent back. Decide in the review."))
    for page in live:
        page.unpublish(user=user)
