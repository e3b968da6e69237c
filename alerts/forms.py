"""The form by which a reader asks for an alert."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alerts.models import LONGEST_QUERY, Frequency
from practices.message_forms import CleanEmail, Trap
from search.query import Query


class AlertForm(forms.Form):
    """For one query. `website` is a trap: people do not see it, programs fill it in."""

    trap = "website"

    email = CleanEmail(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("A message with a link goes there first; only when you confirm, alerts follow."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices, initial=Frequency.WEEKLY)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=Trap(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Any, query: Query) -> None:
        super().__init__(data)
        self.query = query.to_query_string()

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get(self.trap):
            raise ValidationError(
                _("A field that people do not see was filled in. Please send your message once more.")
            )
        if len(self.query) > LONGEST_QUERY:
            raise ValidationError(_("This question is too long for an alert. Choose fewer filters or words."))
        return self.cleaned_data
