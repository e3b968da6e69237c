"""Forms with an invalid CSRF token: show them again with the submitted values and a new token, without any effect.

The token is invalid if the reader has signed in or out in the meantime or accepts no cookies. A forged form gains an attacker
no more than a link to it: the reader sees the text and has to submit it.
"""

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext


def mark_refused(request: HttpRequest) -> None:
    request.csrf_refused = True  # type: ignore[attr-defined]


def was_refused(request: HttpRequest, form: BaseForm) -> bool:
    """Return whether the token was refused; then add an error to the bound `form`, which makes it invalid."""
    if not getattr(request, "csrf_refused", False):
        return False
    form.full_clean()
    text = gettext(
        "Nothing has been sent yet. You have signed in or out since this form was opened, or your browser blocks cookies. "
        "What you typed is still here: please send it once more."
    )
    form.add_error(None, text)
    return True
