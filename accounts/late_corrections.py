"""Corrections from an editor whose review has ended in the meantime.

The version saved with the decision is the base: the new draft is that version with the late corrections merged field by
field.
"""

import json
import re
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageSubscription

from core.forms import latest_version

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


class LateCorrections:
    """The fields of the submitted form that differ from the version the editor was loaded from."""

    def __init__(self, request: HttpRequest, page: Page) -> None:
        self.user = request.user
        # Each from the database: a form changes its instance, and of a page without a draft Wagtail hands out one object.
        self.latest = latest_version(page)
        edited = latest_version(page)
        self.form: Any = edited.get_edit_handler().get_form_class()(
            request.POST,
            request.FILES,
            instance=edited,
            subscription=PageSubscription(page=edited, user=request.user),
            parent_page=edited.get_parent(),
            for_user=request.user,
        )
        self.form.keeps_newer = True
        self.form.defer_required_fields()

    def are_valid(self) -> bool:
        return bool(self.form.is_valid())

    def has_changes(self) -> bool:
        return bool(self._corrected)

    @property
    def conflicts_with_newer_version(self) -> bool:
        return bool(self.form.newer_revision)

    def save(self) -> None:
        """Save the latest version with the corrections as a new draft."""
        content = self.latest.serializable_data()
        corrected = {name: self._submitted_page.serializable_data()[name] for name in self._corrected}
        draft = self.latest.with_content_json(content | corrected)
        setattr(draft, COMMENTS_RELATION_NAME, getattr(self._submitted_page, COMMENTS_RELATION_NAME).all())
        draft.save_revision(user=self.user, log_action=True, clean=False)

    def conflict_message(self) -> str:
        """Return a sentence that names the fields changed by both people, '' if there are none."""
        loaded, latest = self._loaded, _content(self.latest)
        labels = [
            capfirst(str(self.form.fields[name].label))
            for name in self._corrected
            if name in self.form.fields and loaded.get(name) != latest.get(name)
        ]
        if not labels:
            return ""
        return _("Both of you changed: %(fields)s. The draft has your text there.") % {
            "fields": ", ".join(labels)
        }

    def buttons(self) -> list[object]:
        if not self.latest.live:
            return []
        address = reverse("wagtailadmin_pages:revisions_compare", args=[self.latest.pk, "live", "latest"])
        return [messages.button(address, _("Compare with the published version"), new_window=False)]

    @cached_property
    def _submitted_page(self) -> Page:
        page: Page = self.form.save(commit=False)
        return page

    @cached_property
    def _loaded(self) -> dict[str, object]:
        return _content(self.form.loaded_page())

    @cached_property
    def _corrected(self) -> list[str]:
        """Return the names of the fields that differ from both the loaded and the latest version."""
        latest, submitted = _content(self.latest), _content(self._submitted_page)
        return [
            name
            for name, value in submitted.items()
            if value != latest.get(name) and value != self._loaded.get(name)
        ]


def _content(page: Page) -> dict[str, object]:
    """Return the field values without the ids of blocks and rich-text paragraphs.

    A second click sends new blocks without their ids, and paragraphs are numbered anew each time.
    """
    streams = {field.name for field in page._meta.fields if isinstance(field, StreamField)}
    return {
        name: _without_identifiers(json.loads(value) if name in streams else value)
        for name, value in page.serializable_data().items()
    }


def _without_identifiers(value: object) -> Any:
    if isinstance(value, dict):
        return {key: _without_identifiers(part) for key, part in value.items() if key not in ("id", "pk")}
    if isinstance(value, list):
        return [_without_identifiers(part) for part in value]
    return BLOCK_KEY.sub("", value) if isinstance(value, str) else value
