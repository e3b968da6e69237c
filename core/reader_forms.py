"""Fields for readers' forms: text that can be stored and e-mailed, and a honeypot against bots."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.mailbox import validate_address

# Control characters except tabs and line breaks; PostgreSQL does not store NUL.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Everything that some mail program reads as a line break, including U+0085 and the Unicode separators.
LINE_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class CleanText(forms.CharField):
    """A text field that drops control characters, which pasted text may contain."""

    def to_python(self, value: object) -> str:
        return super().to_python(CONTROL.sub("", value) if isinstance(value, str) else value) or ""


class CleanLine(CleanText):
    """A one-line text field, safe in an e-mail header."""

    def to_python(self, value: object) -> str:
        return super().to_python(LINE_BREAKS.sub(" ", value) if isinstance(value, str) else value)


class CleanEmail(CleanLine, forms.EmailField):
    """An e-mail field that accepts only addresses that the mail server accepts."""

    default_validators = [validate_address]


class Trap(forms.TextInput):
    """A honeypot input that is rendered empty, so that a person whose browser filled it in can just submit again."""

    def get_context(self, name: str, value: object, attrs: Any) -> dict[str, object]:
        return super().get_context(name, None, attrs)


class TrapMixin(forms.Form):
    """A honeypot field that people do not see and bots fill in. Filled in, it gives an error instead of dropping the message,
    since the sender may be a person."""

    trap = "website"

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=Trap(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.trap] = self.fields.pop(self.trap)  # after what people see

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get(self.trap):
            raise ValidationError(_("A hidden field was filled in. Please send your message again."))
        return cleaned
