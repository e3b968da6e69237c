"""The form of a practice. A draft may be incomplete, a page sent to review may not; nothing typed is ever lost."""

import re
from contextlib import nullcontext
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import BlockField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from accounts.references import GuardedReferencesForm
from core.slugs import free_slug
from practices.completeness import has_block
from practices.edit_conflicts import RevisionAwareForm
from practices.field_layout import NEEDED_BLOCKS, SHARED, SNAPSHOT, TRANSLATED
from practices.repetitions import REPEATABLE, repetitions
from practices.sections import country_of
from practices.slugs import latin_slug
from practices.translations import copy_facts, label, live_original_of, mark_up_to_date, original_of
from practices.untranslated import copied_passages, mark_same_on_purpose, untranslated_parts
from practices.widgets import CHOICES
from taxonomy.models import Country

CURRENCY = re.compile(r"[A-Z]{3}")
# PostgreSQL stores no NUL, and no encoding a lone surrogate.
CANNOT_BE_STORED = re.compile("[\x00\ud800-\udfff]")
SENDING_BACK = "reject"


class PracticePageForm(GuardedReferencesForm, RevisionAwareForm):
    up_to_date = forms.BooleanField(
        required=False, label=gettext_lazy("All of this translation is up to date with the original")
    )
    # A hidden empty value comes with the boxes: a form without them leaves what was said before.
    same_parts = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].validators.append(MaxLengthValidator(self.instance.longest_title))
        self.fields["title"].widget.attrs["maxlength"] = self.instance.longest_title
        self.fields["slug"].required = False  # made from the title
        self._take_facts_from_original()
        self._offer_parts_that_are_the_same()
        for name, choices in CHOICES.items():
            if name in self.fields:
                self.fields[name].choices = choices()
        country = country_of(self.parent_page)
        if country and not self.instance.pk:
            self.initial["countries"] = [country.pk]
            self.instance.countries = [country]
        self.unreadable = self._keep_what_cannot_be_read() if self.is_bound else []

    def _take_facts_from_original(self) -> None:
        original = live_original_of(self.instance)
        if not original:
            del self.fields["up_to_date"]
            return
        copy_facts(original, self.instance)
        for name in SHARED:
            self.fields.pop(name, None)
        self.share_expiry(original)

    def _offer_parts_that_are_the_same(self) -> None:
        if not original_of(self.instance):
            del self.fields["same_parts"]
            return
        self.fields["same_parts"].choices = [
            ("", ""),
            *((name, label(self.instance, name)) for name in TRANSLATED),
        ]
        self.initial["same_parts"] = [*self.instance.same_on_purpose]

    def parts_that_are_the_same(self) -> list[tuple[str, str, bool]]:
        """Return (name, label, whether marked as intended) of each field with a text copied from the original."""
        on_purpose = set(self["same_parts"].value() or [])
        return [
            (name, label(self.instance, name), name in on_purpose) for name in copied_passages(self.instance)
        ]

    def _keep_what_cannot_be_read(self) -> list[str]:
        """Fields whose data no browser would send keep their value: a stream without its count, rich text that is no
        JSON, a key with thirty digits. What the libraries below raise on these could be anything."""
        unreadable = []
        for name, field in self.fields.items():
            try:
                _read(field, self.data, self.files, self.add_prefix(name))
            except ValidationError:
                continue
            except Exception:
                initial_value = self.get_initial_for_field(field, name)
                field.widget.value_from_datadict = lambda data, files, name, initial_value=initial_value: (
                    initial_value
                )
                unreadable.append(name)
        return unreadable

    def clean(self) -> dict[str, object]:
        self._choose_address()
        cleaned = super().clean()
        self._refuse_what_cannot_be_stored(cleaned)
        self._add_country_of_section(cleaned)
        self._check_pairs(cleaned)
        self._check_currency(cleaned)
        self._check_origin(cleaned)
        self._check_last_verified(cleaned)
        if self.asks_for_review:
            self._require_snapshot(cleaned)
            self._name_repetitions(cleaned)
        return cleaned

    def _choose_address(self) -> None:
        """Choose a free slug; a new page does not know its parent yet, so Wagtail could choose one that is in use."""
        title = self.cleaned_data.get("title")
        if not title or "slug" in self.errors or not self._address_follows_title():
            return
        self.cleaned_data["slug"] = free_slug(latin_slug(title), self.parent_page, self.instance)

    def _address_follows_title(self) -> bool:
        """Return whether the slug was generated from the title and has never been public."""
        if "slug" not in self.fields:
            return False  # a translation has that of its original
        sent = self.cleaned_data.get("slug")
        if not sent:
            return True
        page = self.instance
        if not page.pk or page.first_published_at or "slug" in self.changed_data:
            return False
        generated = latin_slug(self.initial.get("title") or "")
        return bool(re.fullmatch(re.escape(generated) + r"(-\d+)?", sent))

    def _post_clean(self) -> None:
        """Django gives the instance its related objects only once it is saved; the meter beside the errors counts them."""
        super()._post_clean()
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelMultipleChoiceField) and name in self.cleaned_data:
                setattr(self.instance, name, list(self.cleaned_data[name]))
        if "same_parts" in self.fields and "same_parts" in self.data:
            mark_same_on_purpose(self.instance, filter(None, self.cleaned_data.get("same_parts", [])))
        if self.asks_for_review:
            self._require_translation()

    def _require_translation(self) -> None:
        for name in untranslated_parts(self.instance):
            if name not in self.errors:
                self.add_error(
                    name,
                    _(
                        "This is still the text of the original. Translate it or, if it is the same on purpose, tick it"
                        " at the top of the form."
                    ),
                )

    @property
    def asks_for_review(self) -> bool:
        """Return whether this save publishes the page, or hands it to those who may publish it."""
        if self.data.get("workflow-action-name") == SENDING_BACK:
            return False
        if not self.is_deferred_validation:  # submit, publish, schedule, approve
            return True
        return bool(self.subscription and self.instance.pk and self.instance.workflow_in_progress)

    def _refuse_what_cannot_be_stored(self, cleaned: dict[str, object]) -> None:
        for name in self.unreadable:
            self.add_error(name, _("This arrived damaged and was left as it was. Look at it and save again."))
        for name in [name for name, value in cleaned.items() if _holds_what_cannot_be_stored(value)]:
            self.add_error(
                name, _("There is a character in this text that cannot be saved. Type the text anew.")
            )

    def _add_country_of_section(self, cleaned: dict[str, Any]) -> None:
        country = country_of(self.parent_page)
        if country and "countries" in cleaned:
            chosen = [term.pk for term in cleaned["countries"]]
            cleaned["countries"] = Country.objects.filter(pk__in=[*chosen, country.pk])

    def _check_pairs(self, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get("start_year"), cleaned.get("end_year")
        if start and end and start > end:
            self.add_error("end_year", _("The end year is before the start year."))
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            has_other = cleaned.get(other) is not None
            if has_other and name in self.fields and cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Latitude and longitude are given together or not at all."))

    def _check_currency(self, cleaned: dict[str, Any]) -> None:
        code = cleaned.get("currency")
        if code and not CURRENCY.fullmatch(code):
            self.add_error("currency", _("Three capital letters, for example USD or KZT."))

    def _check_origin(self, cleaned: dict[str, Any]) -> None:
        origin = cleaned.get("adopted_from")
        if origin and self.instance.pk and origin.translation_key == self.instance.translation_key:
            self.add_error("adopted_from", _("A practice cannot be adopted from itself."))

    def _check_last_verified(self, cleaned: dict[str, Any]) -> None:
        day = cleaned.get("last_verified")
        if day and day > timezone.localdate():
            self.add_error("last_verified", _("This day is still to come. Give the day of the last check."))

    def _name_repetitions(self, cleaned: dict[str, Any]) -> None:
        """Report repeated blocks; only in review, since while typing a second block may equal the first for a moment."""
        for name, identifying in REPEATABLE.items():
            for first, second, shared in repetitions(cleaned.get(name) or [], identifying):
                values = {"first": first, "second": second, "label": shared}
                self.add_error(
                    name,
                    _("Number %(second)d is the same as number %(first)d: “%(label)s”. Take one away.")
                    % values,
                )

    def _require_snapshot(self, cleaned: dict[str, Any]) -> None:
        """Add an error to each missing field of the snapshot."""
        missing = [name for name in SNAPSHOT if name in self.fields and not self._has_value(cleaned, name)]
        if (cleaned.get("image") or self.instance.image) and not self._has_value(cleaned, "image_alt"):
            missing.append("image_alt")
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _needed(name, cleaned.get(name)))

    def _has_value(self, cleaned: dict[str, Any], name: str) -> bool:
        value = cleaned.get(name)
        if isinstance(self.instance._meta.get_field(name), RichTextField):
            return bool(get_text_for_indexing(value or "").strip())
        if name in NEEDED_BLOCKS:
            return has_block(value, NEEDED_BLOCKS[name])
        return bool(value.strip() if isinstance(value, str) else value)

    def save(self, commit: bool = True) -> Page:
        if self.cleaned_data.get("up_to_date"):
            mark_up_to_date(self.instance)
        return super().save(commit=commit)


def _read(field: forms.Field, data: object, files: object, name: str) -> None:
    """Read the value once to see whether it raises; in a savepoint, as PostgreSQL refuses queries after a failed one."""
    value = field.widget.value_from_datadict(data, files, name)
    if isinstance(field, forms.ModelChoiceField | BlockField):
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            field.clean(value)


def _needed(name: str, value: object) -> str:
    """Return what to say of a missing field; a stream may have blocks, but not the one that is needed."""
    if name in NEEDED_BLOCKS and value:
        return _("At least one lead organisation is needed before review and publication.")
    return _("Needed before review and publication.")


def _holds_what_cannot_be_stored(value: object) -> bool:
    if isinstance(value, str):
        return bool(CANNOT_BE_STORED.search(value))
    if hasattr(value, "get_prep_value"):
        value = value.get_prep_value()
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return isinstance(value, list) and any(_holds_what_cannot_be_stored(item) for item in value)
