"""Names of which Wagtail keeps only one, written in both languages ("Secretariat · Секретариат"), shown in the reader's.

The name stays whole in the database, in forms and in what is logged; only where it is shown is it halved.
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
    """Return the half of an "English · Russian" name that is the reader's; any other name as it is."""
    english, dot, russian = name.partition(DOT)
    if not dot:
        return english
    return russian if get_language() == "ru" else english


class BilingualName(str):
    """A name that is whole, and half where it becomes part of a page, a message or a letter."""

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
        # As `refresh_from_db` does, which takes it from another instance.
        instance.__dict__[self.field.attname] = value.whole() if isinstance(value, BilingualName) else value


def halve_names_of_reviews() -> None:
    """For reviews and their steps, and for what the history tells of them."""
    for model in (Task, Workflow):
        field: Any = model._meta.get_field("name")
        model.name = BilingualAttribute(field)
        field.value_from_object = lambda instance, name=field.attname: instance.__dict__[name]
    of_entry = BaseLogEntry.message.func
    BaseLogEntry.message = property(lambda entry: _halved(of_entry(entry)))


def _halved(message: object) -> Any:
    """Return a message of the history, which may be marked as safe, with the names in the reader's language."""
    for name in LOGGED:
        if message and name in str(message):
            halved = str(message).replace(name, in_readers_language(name))
            message = SafeString(halved) if isinstance(message, SafeString) else halved
    return message
