"""The forms through which readers write."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from core.mailbox import ascii_address
from practices.models.message import Message

SHORTEST, LONGEST = 20, 5000
# No text has them, and PostgreSQL takes no NUL. Tabs and line breaks stay.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# All that ends a line for any reader of headers, also a next line (U+0085) and the Unicode separators.
LINE_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class CleanText(forms.CharField):
    """Without control characters; it would be harsh to refuse a message for what came along with a paste."""

    def to_python(self, value: Any) -> str:
        return super().to_python(CONTROL.sub("", value) if isinstance(value, str) else value) or ""


class CleanLine(CleanText):
    """Of one line: it stands in the head of an e-mail."""

    def to_python(self, value: Any) -> str:
        return super().to_python(LINE_BREAKS.sub(" ", value) if isinstance(value, str) else value)


class CleanEmail(CleanLine, forms.EmailField):
    """An address that mail servers take: what passes here can be written to."""

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if not value:
            return
        try:
            ascii_address(value)
        except ValueError as error:
            raise ValidationError(EmailValidator.message, code="invalid") from error


class Trap(forms.TextInput):
    """Comes back empty, so that a person whose browser filled it in need only send again."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class MessageForm(forms.ModelForm):  # type: ignore[type-arg]
    """A question to the people behind a practice. `website` is a trap: people do not see it, programs fill it in."""

    trap = "website"

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
        help_text=_("The answer goes there. Only those who receive your message see it."),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=Trap(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = Message
        fields = ["text", "sender_name", "sender_email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender_name"].widget.attrs["autocomplete"] = "name"
        self.fields["sender_email"].widget.attrs["autocomplete"] = "email"

    def clean(self) -> dict[str, Any]:
        """Says so instead of dropping the message silently: the sender may be a person after all."""
        if self.cleaned_data.get(self.trap):
            raise ValidationError(
                _("A field that people do not see was filled in. Please send your message once more.")
            )
        return self.cleaned_data


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
        help_text=_("If you would like an answer. Only those who receive your message see it."),
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
        told = [
            f"{self.fields[name].label}: {value}"
            for name in self.field_order[:3]
            if (value := self.cleaned_data[name])
        ]
        self.instance.text = "\n".join([*told, "", self.cleaned_data["text"]])
        return super().save(commit)
