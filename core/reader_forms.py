"""What all forms for readers share: text that can be stored and sent, and a trap for programs that fill in every field."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from core.mailbox import ascii_address

# No text has them, and PostgreSQL takes no NUL. Tabs and line breaks stay.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# All that ends a line for any reader of headers, also a next line (U+0085) and the Unicode separators.
LINE_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class CleanText(forms.CharField):
    """Without control characters; it would be harsh to refuse a message for what came along with a paste."""

    def to_python(self, value: object) -> str:
        return super().to_python(CONTROL.sub("", value) if isinstance(value, str) else value) or ""


class CleanLine(CleanText):
    """Of one line: it stands in the head of an e-mail."""

    def to_python(self, value: object) -> str:
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

    def get_context(self, name: str, value: object, attrs: Any) -> dict[str, object]:
        return super().get_context(name, None, attrs)


class TrapMixin(forms.Form):
    """A field that people do not see and programs fill in. The sender may be a person after all, so the form says so instead
    of dropping what was sent."""

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
