"""The title of a translation that is no practice: as long as it is the original's, somebody is asked before it is public."""

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
    """Whether `title` has the words of that of the page made first; a number, a code, a name in the other alphabet has none."""
    first = Page.objects.filter(translation_key=page.translation_key).order_by("pk").first()
    if not page.pk or not first or first.locale_id == page.locale_id:
        return False
    own_words = has_words(first.title, first.locale.language_code)
    return bool(own_words and words_digest(title) == words_digest(first.title))


class TranslatedTitleForm(RevisionAwareForm):
    """`same_title` says that the title is the same on purpose; it is asked each time, as nothing keeps the answer."""

    same_title = forms.BooleanField(
        required=False, label=gettext_lazy("The title is the same in both languages on purpose")
    )

    def title_is_the_originals(self) -> bool:
        title = self.data.get("title", "") if self.is_bound else self.instance.title
        return title_is_untranslated(self.instance, title)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asked = not self.is_deferred_validation and not cleaned.get("same_title")
        if asked and "title" not in self.errors and self.title_is_the_originals():
            told = _(
                "This is still the title of the original. Translate it or, if it is the same on purpose, tick it at the top of"
                " the form."
            )
            self.add_error("title", told)
        return cleaned


def title_is_left_out(page: Page) -> bool:
    """In wagtail-localize's editor: whether nobody has translated the title, and be it by the same words. What is left out there
    is published in the original's words."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    segments = translation.source.stringsegment_set.filter(context__path="title") if translation else ()
    segment = next(iter(segments), None)
    if not segment or not has_words(segment.string.data, segment.string.locale.language_code):
        return False
    given = StringTranslation.objects.filter(translation_of=segment.string, context=segment.context)
    return not given.filter(locale=page.locale_id).exists()


def check_lengths_of_segments() -> None:
    """Let wagtail-localize show the error beside a text that its field cannot hold. Its own receiver writes a title of any length
    into the page's row, and publication every other field, which the database refuses."""
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
    """Return how many characters the field of this name holds; any number where it is a text inside a field."""
    try:
        limit = model._meta.get_field(path).max_length
    except FieldDoesNotExist:
        return float("inf")
    longest_title = getattr(model, "longest_title", limit)
    return float("inf") if limit is None else longest_title if path == "title" else limit
