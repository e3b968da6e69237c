"""Forms of the desk of readers' messages."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from accounts.models import User
from core.reader_forms import CleanText

LONGEST_ANSWER = 10_000


class VersionForm(forms.Form):
    """The version of the message in which it was seen; by its name the script that keeps drafts takes no notice of it."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AnswerForm(VersionForm):
    text = CleanText(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class PersonField(forms.ModelChoiceField[User]):
    def label_from_instance(self, person: User) -> str:
        return str(get_user_display_name(person))


class AssignForm(forms.Form):
    person = PersonField(
        label=_("Assigned to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, PersonField)
        field.queryset = people
