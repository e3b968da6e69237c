"""Two editors at once: a form knows the revision it was loaded from and refuses to overwrite a newer one unasked.

Wagtail 7.4 compares revisions only for its autosave; Save, Publish and Submit overwrite silently
(wagtail/admin/views/pages/edit.py). An autosave of the same window is not newer: the answer to it carries the new
stamp back into the form (`get_field_updates_for_resave`).
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Page, Revision
from wagtail.utils.timestamps import render_timestamp

from core.forms import SharedFieldsForm

BASED_ON = "based_on"
OVERWRITE = "overwrite_newer"
# Save may be pressed while the window's own autosave is still under way on a slow line.
AUTOSAVE_UNDER_WAY = timedelta(seconds=30)


def stamp(revision: Revision | None) -> str:
    """Return the id and time of a revision; the time changes when an autosave overwrites the revision."""
    return f"{revision.pk}@{revision.created_at.isoformat()}" if revision else ""


class RevisionAwareForm(SharedFieldsForm):
    """A form that refuses to overwrite a newer revision.

    `newer_revision` is one saved since the form was loaded, unless the editor chose to overwrite exactly that one.
    """

    data: Any
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # Only the views that save give a subscription; a preview of a stale form is harmless.
        saving = self.is_bound and self.subscription is not None and BASED_ON in self.data
        latest = _latest(self.instance, lock=saving)
        self.initial[BASED_ON] = stamp(latest)
        if not saving:
            return
        if self._is_stale(latest):
            self.newer_revision = latest
        else:
            self.data = self.data.copy()
            self.data[BASED_ON] = stamp(latest)

    def _is_stale(self, latest: Revision | None) -> bool:
        based_on = self.data[BASED_ON]
        if not latest or based_on == stamp(latest) or self.data.get(OVERWRITE) == stamp(latest):
            return False
        mine = self.for_user and latest.user_id == self.for_user.pk
        return not (
            mine and latest.created_at > timezone.now() - AUTOSAVE_UNDER_WAY and self._only_mine_since()
        )

    def _only_mine_since(self) -> bool:
        loaded = self.data[BASED_ON].partition("@")[0]
        loaded_revision = self.instance.revisions.filter(pk=int(loaded)).first() if _is_key(loaded) else None
        later_revisions = (
            self.instance.revisions.filter(created_at__gt=loaded_revision.created_at)
            if loaded_revision
            else self.instance.revisions.all()
        )
        return not later_revisions.exclude(user=self.for_user).exists()

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()
        if self.newer_revision and not self.keeps_newer:
            self.add_error(None, self.stale_message)
        return cleaned

    def loaded_page(self) -> Page:
        """Return the page as loaded, unless its revision was overwritten since (by an autosave)."""
        loaded = self.data.get(BASED_ON, "")
        key = loaded.partition("@")[0]
        revision = self.instance.revisions.filter(pk=int(key)).first() if _is_key(key) else None
        return revision.as_object() if revision and stamp(revision) == loaded else super().loaded_page()

    @property
    def stale_message(self) -> str:
        return _(
            "%(who)s saved this page on %(when)s, after you had opened it. What you typed is still here, but not saved."
        ) % {
            "who": user_display_name(self.newer_revision.user) or _("Someone"),
            "when": render_timestamp(self.newer_revision.created_at),
        }

    @property
    def newer_stamp(self) -> str:
        return stamp(self.newer_revision)

    @property
    def compared_from(self) -> str:
        """Return the id of the revision to compare with: the one the form was loaded from if it exists, else "earliest"."""
        loaded = self.data[BASED_ON].partition("@")[0]
        exists = _is_key(loaded) and self.instance.revisions.filter(pk=int(loaded)).exists()
        return loaded if exists and int(loaded) != self.newer_revision.pk else "earliest"

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        return [*super().get_field_updates_for_resave(), (BASED_ON, stamp(self.instance.latest_revision))]


def _latest(page: Page, lock: bool) -> Revision | None:
    """Return the page's latest revision; with `lock`, lock the page's row so that concurrent saves wait for each other."""
    if not page.pk:
        return None
    rows = Page.objects.filter(pk=page.pk)
    if lock and connection.in_atomic_block:
        rows = rows.select_for_update()
    latest = rows.values_list("latest_revision", flat=True).first()
    return Revision.objects.select_related("user").filter(pk=latest).first() if latest else None


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
