"""Bilingual names ("Secretariat · Секретариат") for objects that have only one name in Wagtail.

The database, forms and logs contain the whole name; only the half in the reader's language is shown.
"""

from typing import Any

from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Task, Workflow
from wagtail.models.audit_log import BaseLogEntry

from home.setup.workflow import REVIEW, STEPS

DOT = " · "
LOGGED = (REVIEW, *(name for _model, name, _group in STEPS))


def in_readers_language(name: str) -> str:
    """Return the half of an "English · Russian" name in the active language; any other name unchanged."""
    english, dot, russian = name.partition(DOT)
    if not dot:
        return english
    return russian if get_language() == "ru" else english


class BilingualName(str):
    """A string with the whole name that renders as the half in the active language."""

    def whole(self) -> str:
        return str.__str__(self)

    def __str__(self) -> str:
        return in_readers_language(self.whole())

    def __html__(self) -> SafeString:
        return escape(str(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class BilingualAttribute(DeferredAttribute):
    def __get__(self, instance: Model | None, cls: type[Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        return BilingualName(value) if instance is not None and isinstance(value, str) else value

    def __set__(self, instance: object, value: Any) -> None:
        # `refresh_from_db` assigns the value of another instance.
        instance.__dict__[self.field.attname] = value.whole() if isinstance(value, BilingualName) else value


def show_review_names_in_active_language() -> None:
    """Show workflow and task names in the active language, also in the history."""
    for model in (Task, Workflow):
        field: Any = model._meta.get_field("name")
        model.name = BilingualAttribute(field)
        field.value_from_object = lambda instance, name=field.attname: instance.__dict__[name]
    of_entry = BaseLogEntry.message.func
    BaseLogEntry.message = property(lambda entry: _halved(of_entry(entry)))


def _halved(message: object) -> Any:
    """Return a message of the history, possibly a SafeString, with the names in the active language."""
    for name in LOGGED:
        if message and name in str(message):
            halved = str(message).replace(name, in_readers_language(name))
            message = SafeString(halved) if isinstance(message, SafeString) else halved
    return message
