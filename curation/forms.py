"""The form of a collection, which validates the stored query and refuses duplicate picks."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practices.titles import TranslatedTitleForm
from search.messages import problem_message
from search.query import MOST_VALUES
from search.stored_queries import (
    LONGEST_QUERY,
    extract_query_string,
    parse_stored_query,
    to_store,
)


class CollectionPageForm(TranslatedTitleForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for form in self.formsets["items"].forms if "items" in self.formsets else []:
            if form.instance.is_gone:
                _explain_deleted_practice(form)

    def clean_question(self) -> str:
        """Return the stored form of the submitted query. Raises ValidationError with a message per invalid part."""
        text = self.cleaned_data["question"].strip()
        if not text:
            return ""
        question, notices = parse_stored_query(extract_query_string(text), most_values=MOST_VALUES)
        if notices:
            raise ValidationError([problem_message(notice) for notice in notices])
        if question.is_empty:
            raise ValidationError(
                _("This address holds no search. Search first, then copy the address of the results.")
            )
        stored = to_store(question)
        if len(stored) > LONGEST_QUERY:
            raise ValidationError(_("This search is too long to be saved. Choose fewer filters or words."))
        return stored

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        picked = set()
        for form in self.formsets["items"].forms if "items" in self.formsets else []:
            if not form.is_valid() or form.cleaned_data.get("DELETE") or not (key := _key_of(form)):
                continue
            if key in picked:
                form.add_error(
                    "practice", _("This practice is picked already, perhaps in its other language.")
                )
            picked.add(key)
        if self.original and "items" in self.formsets and self.formsets["items"].is_valid():
            self._keep_picks_of_original()
        return cleaned

    def _keep_picks_of_original(self) -> None:
        picked = [key for form in self.formsets["items"].ordered_forms if (key := _key_of(form))]
        if picked != [item.practice_key for item in self.original.items.all()]:
            message = _("The practices and their order are the same in all languages.")
            self.add_error(None, self.edit_in_original_message(message))


def _key_of(form: Any) -> UUID | None:
    """Return the key of the practice of this inline form; the practice may have been deleted."""
    chosen = form.cleaned_data.get("practice")
    key: UUID | None = chosen.translation_key if chosen else form.instance.practice_key
    return key


def _explain_deleted_practice(form: Any) -> None:
    """Explain that the practice was deleted and allow an empty chooser, so that the row can be saved."""
    message = _(
        "“%(title)s” was deleted in all its languages, so readers do not see it here. Choose another practice, or delete this"
        " row."
    )
    form.fields["practice"].required = False
    form.fields["practice"].help_text = message % {"title": form.instance}
