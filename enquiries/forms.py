"""The forms through which readers write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.reader_forms import CleanEmail, CleanLine, CleanText, TrapMixin
from enquiries.models import Message

SHORTEST, LONGEST = 20, 5000


class MessageForm(TrapMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A question to the people behind a record."""

    text = CleanText(
        label=_("Your message"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"min_length": _("Please write at least %(limit_value)d characters.")},
    )
    sender_name = CleanLine(label=_("Your name"), max_length=120)
    sender_email = CleanEmail(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The answer goes there. Only those who receive your message and the secretariat see it."),
    )

    class Meta:
        model = Message
        fields = ["text", "sender_name", "sender_email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender_name"].widget.attrs["autocomplete"] = "name"
        self.fields["sender_email"].widget.attrs["autocomplete"] = "email"


class ReportForm(MessageForm):
    """A report of an error; whoever reports one need not say who they are."""

    text = CleanText(
        label=_("What is wrong, and what would be right?"),
        help_text=_("If you can, say where this can be checked."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"min_length": _("Please write at least %(limit_value)d characters.")},
    )
    sender_name = CleanLine(label=_("Your name"), max_length=120, required=False)
    sender_email = CleanEmail(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        help_text=_(
            "If you would like an answer. Only those who receive your message and the secretariat see it."
        ),
    )


class AdoptionForm(MessageForm):
    """Of those who adopted a practice: what a focal point needs to know to show it. All of it goes into the message's text."""

    country = CleanLine(label=_("Country or region where it is at work now"), max_length=120)
    organisation = CleanLine(label=_("Organisation that adopted it"), max_length=200)
    year = forms.IntegerField(label=_("Since which year"), required=False, min_value=1900, max_value=2100)
    text = CleanText(
        label=_("What did you take over, and what did you change?"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"min_length": _("Please write at least %(limit_value)d characters.")},
    )

    field_order = ["country", "organisation", "year", "text"]

    def save(self, commit: bool = True) -> Message:
        lines = [
            f"{self.fields[name].label}: {value}"
            for name in self.field_order[:3]
            if (value := self.cleaned_data[name])
        ]
        self.instance.text = "\n".join([*lines, "", self.cleaned_data["text"]])
        message: Message = super().save(commit)
        return message
