"""The form by which a reader asks for an alert."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alerts.models import Frequency
from core.mailbox import canonical_address
from core.reader_forms import CleanEmail, TrapMixin
from search.messages import problem_message
from search.query import Notice, Query
from search.stored_queries import LONGEST_QUERY, text_problem, to_store


class AlertForm(TrapMixin):
    """The form for an alert on one query."""

    email = CleanEmail(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("A message with a link goes there first; only when you confirm, alerts follow."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices, initial=Frequency.WEEKLY)

    def __init__(self, data: QueryDict | None, query: Query) -> None:
        super().__init__(data)
        self.query = to_store(query)
        self.problem = text_problem(query)

    def clean_email(self) -> str:
        return canonical_address(self.cleaned_data["email"])

    def clean(self) -> dict[str, object]:
        super().clean()
        if self.problem:
            raise ValidationError(problem_message(Notice("q", "", self.problem)))
        if len(self.query) > LONGEST_QUERY:
            raise ValidationError(_("This search is too long for an alert. Choose fewer filters or words."))
        return self.cleaned_data
