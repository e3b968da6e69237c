"""System checks of the vocabularies."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.db.models import PROTECT, Field, ForeignKey, ManyToManyField, Model

from taxonomy.models import Term


@checks.register
def terms_are_protected(**kwargs: object) -> list[checks.CheckMessage]:
    """Return an error for each relation to a term that would silently lose its value when the term is deleted."""
    return [
        checks.Error(
            f"{field.model.__name__}.{field.name} does not protect the terms that it holds.",
            hint="on_delete=PROTECT; for many terms, in a model of one's own for `through`.",
            obj=field.model,
            id="taxonomy.E001",
        )
        for model in apps.get_models()
        for field in _unprotected(model)
    ]


def _unprotected(model: type[Model]) -> Iterator[Field[Any, Any]]:
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        target = field.related_model
        if not (isinstance(target, type) and issubclass(target, Term)):
            continue
        if isinstance(field, ManyToManyField):
            through: Any = field.remote_field.through
            keys = [key for key in through._meta.local_fields if key.related_model is target]
        else:
            keys = [field] if isinstance(field, ForeignKey) else []
        if any(key.remote_field.on_delete is not PROTECT for key in keys):
            yield field
