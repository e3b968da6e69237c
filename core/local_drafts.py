"""Keep unsaved text of admin forms in the browser until the server has saved it (static/js/local_drafts).

The browser encrypts it with a key that the server gives only to the signed-in user. A local draft is restored by posting it
with RESTORE_FIELD: the view then shows the form as after a failed validation and saves nothing.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

ID_FIELD = "local_draft"
RESTORE_FIELD = "restore_local_draft"
# Marks the notice for the script, which removes it once an autosave has saved the text.
RESTORED_TAG = "local-draft-restored"
SAVED_COOKIE = "local_draft_saved_"
DAYS_KEPT = 14
ABOVE_ALL_LEVELS = 1000

restoring: ContextVar[bool] = ContextVar("restoring", default=False)


def encryption_key(user: Any) -> bytes:
    """Return this user's key of 32 bytes; it changes with the password."""
    secret = f"{user.pk}:{user.get_session_auth_hash()}"
    return salted_hmac("core.local_drafts", secret, algorithm="sha256").digest()


def session_of(request: HttpRequest) -> dict[str, str]:
    """Return {"user", "key", "csrf"}, which the script needs to store and save the user's drafts."""
    key = b64encode(encryption_key(request.user)).decode()
    return {"user": str(request.user.pk), "key": key, "csrf": get_token(request)}


@never_cache
def session(request: HttpRequest) -> JsonResponse:
    return JsonResponse(session_of(request))


def draft_id(request: HttpRequest) -> str:
    """Return the id of the local draft that was posted, or an empty string."""
    try:
        return str(UUID(request.POST.get(ID_FIELD, "")))
    except ValueError:
        return ""


def is_saved(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the response shows that a form was saved: it redirects, without an error message."""
    if not 300 <= response.status_code < 400 or not request.user.is_authenticated:
        return False
    # Iterating over the storage would use up the messages; there is no public way to look at what this request added.
    added = getattr(messages.get_messages(request), "_queued_messages", [])
    return not any(message.level >= messages.ERROR for message in added)


def acknowledge(request: HttpRequest, response: HttpResponse) -> None:
    """Set a cookie that tells the script to delete the local draft that was just saved."""
    saved = draft_id(request) if request.method == "POST" else ""
    if saved and is_saved(request, response):
        response.set_cookie(
            SAVED_COOKIE + saved,
            "1",
            max_age=DAYS_KEPT * 24 * 60 * 60,
            path="/admin/",
            secure=request.is_secure(),
            samesite="Lax",
        )


@contextmanager
def restoration(request: HttpRequest) -> Iterator[None]:
    """Make every form of this request invalid, and show the restoration notice instead of the view's messages."""
    # Lazy, because the language is activated in the view.
    messages.warning(
        request,
        gettext_lazy("The text kept in this browser is in the form again. Check it: it is not saved yet."),
        extra_tags=RESTORED_TAG,
    )
    messages.set_level(request, ABOVE_ALL_LEVELS)
    token = restoring.set(True)
    try:
        yield
    finally:
        restoring.reset(token)


def invalid_while_restoring(is_valid: Callable[[BaseForm], bool]) -> Callable[[BaseForm], bool]:
    """Return `is_valid` of Django's forms such that a view that restores a draft shows its form again."""

    @wraps(is_valid)
    def checked(form: BaseForm) -> bool:
        return is_valid(form) and not restoring.get()

    return checked
