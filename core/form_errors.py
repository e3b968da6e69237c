"""The validation errors of an admin form, for the message that autosave has paused."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.http import HttpResponse, JsonResponse
from django.utils.html import strip_tags
from django.utils.text import capfirst

MOST_NAMED = 3
latest_errors: ContextVar[str] = ContextVar("latest_errors", default="")


def record_form_errors(is_valid: Callable[[BaseForm], bool]) -> Callable[[BaseForm], bool]:
    """Decorate `is_valid` of Django's forms to store the errors for this request, in the language of the view."""

    @wraps(is_valid)
    def checked(form: BaseForm) -> bool:
        valid = is_valid(form)
        if not valid:
            latest_errors.set(named_errors(form))
        return valid

    return checked


def named_errors(form: BaseForm) -> str:
    """Return the form's first errors in one line, each with the label of its field."""
    lines = []
    for name, errors in form.errors.items():
        text = strip_tags(" ".join(str(error) for error in errors))
        lines.append(text if name == NON_FIELD_ERRORS else f"{_label(form, name)}: {text}")
    return " ".join(lines[:MOST_NAMED])


def _label(form: BaseForm, name: str) -> str:
    field = form.fields.get(name)
    return capfirst(str(field.label)) if field and field.label else name


def with_named_errors(response: HttpResponse) -> HttpResponse:
    """Return Wagtail's response to a failed autosave with the field errors instead of "There are validation errors"."""
    errors = latest_errors.get()
    if not errors or response.status_code != 400 or not isinstance(response, JsonResponse):
        return response
    content = json.loads(response.content)
    if content.get("error_code") != "validation_error":
        return response
    return JsonResponse(content | {"error_message": errors}, status=400)
