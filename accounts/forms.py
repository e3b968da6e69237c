"""The forms of sign-in and password reset, with the portal's labels."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from core.mailbox import validate_address

_rules: Callable[[], str] = lazy(lambda: " ".join(password_validators_help_texts()), str)


class SignInForm(LoginForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        _plain(self.fields["login"], _("Username"), autofocus=True)
        _plain(self.fields["password"], _("Password"))
        self.fields["remember"].label = _("Keep me signed in on this device")


class ResetForm(ResetPasswordForm):
    """Look up no account before the response is sent (see accounts.views.AskForResetView)."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["email"], _("E-mail address"), autofocus=True)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        validate_address(email)
        return email


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password1"], _("New password"), autofocus=True)
        self.fields["password1"].help_text = _rules()
        _plain(self.fields["password2"], _("New password again"))


def _plain(field: forms.Field, label: Any, autofocus: bool = False) -> None:
    """Name a field by its label alone: a placeholder vanishes when one types."""
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    if autofocus:
        field.widget.attrs["autofocus"] = True
