"""The form of a collection: a stored question must be understood, a practice is picked once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curation.questions import problem, reduced, understood
from practices.stale import RevisionAwareForm
from search.question import MOST_VALUES


class CollectionPageForm(RevisionAwareForm):
    def clean_question(self) -> str:
        """The query of what was typed or pasted. Raises ValidationError naming each thing that is not understood."""
        typed = self.cleaned_data["question"].strip()
        if not typed:
            return ""
        question, notices = understood(reduced(typed), most_values=MOST_VALUES)
        if notices:
            raise ValidationError([problem(notice) for notice in notices])
        if not (stored := question.to_query_string()):
            raise ValidationError(_("This address holds no question. Search first, then copy the address."))
        return stored

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        picked = set()
        for form in self.formsets["items"].forms if "items" in self.formsets else []:
            if (
                not form.is_valid()
                or form.cleaned_data.get("DELETE")
                or not form.cleaned_data.get("practice")
            ):
                continue
            key = form.cleaned_data["practice"].translation_key
            if key in picked:
                form.add_error(
                    "practice", _("This practice is picked already, perhaps in its other language.")
                )
            picked.add(key)
        if self.original and "items" in self.formsets and self.formsets["items"].is_valid():
            self._keep_picks_of_original()
        return cleaned

    def _keep_picks_of_original(self) -> None:
        forms = [form for form in self.formsets["items"].ordered_forms if form.cleaned_data.get("practice")]
        picked = [form.cleaned_data["practice"].translation_key for form in forms]
        if picked != [item.practice_key for item in self.original.items.all() if item.practice]:
            told = _("The practices and their order are the same in all languages.")
            self.add_error(None, self.changed_in_original(told))
