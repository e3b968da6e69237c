"""Titles of translated pages other than practices: an untranslated title must be confirmed before publication."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models.signals import post_save
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, post_save_string_translation
from wagtail_localize.strings import StringValue

from practices.edit_conflicts import RevisionAwareForm
from practices.fingerprints import has_words, words_digest


def title_is_untranslated(page: Page, title: str) -> bool:
    """Return whether `title` equals the title of the original (the oldest page) and has words that can be translated."""
    first = Page.objects.filter(translation_key=page.translation_key).order_by("pk").first()
    if not page.pk or not first or first.locale_id == page.locale_id:
        return False
    is_translatable = has_words(first.title, first.locale.language_code)
    return bool(is_translatable and words_digest(title) == words_digest(first.title))


class TranslatedTitleForm(RevisionAwareForm):
    """A form that requires a translated title. `same_title` confirms an equal one; it is not stored, so asked each time."""

    same_title = forms.BooleanField(
        required=False, label=gettext_lazy("The title is the same in both languages on purpose")
    )

    def title_equals_original(self) -> bool:
        title = self.data.get("title", "") if self.is_bound else self.instance.title
        return title_is_untranslated(self.instance, title)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        must_confirm = not self.is_deferred_validation and not cleaned.get("same_title")
        if must_confirm and "title" not in self.errors and self.title_equals_original():
            message = _(
                "This is still the title of the original. Translate it or, if it is the same on purpose, tick it at the top of"
                " the form."
            )
            self.add_error("title", message)
        return cleaned


def title_has_no_translation(page: Page) -> bool:
    """Return whether wagtail-localize has no translation of the title, not even an equal one.

    It would publish the original's title then.
    """
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    segments = translation.source.stringsegment_set.filter(context__path="title") if translation else ()
    segment = next(iter(segments), None)
    if not segment or not has_words(segment.string.data, segment.string.locale.language_code):
        return False
    translations = StringTranslation.objects.filter(translation_of=segment.string, context=segment.context)
    return not translations.filter(locale=page.locale_id).exists()


def check_lengths_of_segments() -> None:
    """Replace wagtail-localize's receiver by one that reports texts too long for their field.

    Its own receiver writes a title of any length to the page, and publication every other field, which the database refuses.
    """
    post_save.disconnect(post_save_string_translation, sender=StringTranslation)
    post_save.connect(check_length, sender=StringTranslation)


def check_length(
    instance: StringTranslation, update_fields: Collection[str] | None = None, **kwargs: object
) -> None:
    if update_fields is not None and "data" not in update_fields:
        return
    path = instance.context.path
    pages = Page.objects.filter(translation_key=instance.context.object_id)
    page = pages.first()
    if page is None:
        return
    text = StringValue(instance.data).render_text()
    try:
        MaxLengthValidator(_longest(page.specific_class, path))(text)
    except ValidationError as error:
        instance.set_field_error([error])
    else:
        if path == "title":
            pages.filter(locale=instance.locale_id).update(draft_title=text)


def _longest(model: Any, path: str) -> float:
    """Return the maximum length of the field with this name; infinity for a text inside a field."""
    try:
        limit = model._meta.get_field(path).max_length
    except FieldDoesNotExist:
        return float("inf")
    longest_title = getattr(model, "longest_title", limit)
    return float("inf") if limit is None else longest_title if path == "title" else limit
