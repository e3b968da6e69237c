"""What an editor is told after an action: what was done, and what comes next. In the place of Wagtail's one sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from wagtail.admin import messages


def replace_confirmation(
    request: HttpRequest,
    text: str,
    say: Callable[..., Any] = messages.success,
    buttons: list[Any] | None = None,
) -> None:
    """Say `text` instead of what was said so far in this request: reading the messages takes them away."""
    list(get_messages(request))
    say(request, text, buttons=buttons)
