"""Invariants of the index, told at start."""

from typing import Any

from django.apps import apps
from django.core import checks

from core.models import BasePage
from indexing.kinds import kinds


@checks.register
def every_findable_page_type_is_of_a_kind(**kwargs: Any) -> list[checks.CheckMessage]:
    """A page type that names a kind which is not registered, or registered without it, would never be found."""
    registered = {(model, kind.code) for kind in kinds() for model in kind.models}
    return [
        checks.Error(
            f"{model.__name__} is of no registered kind.",
            hint="Call indexing.kinds.register_kind in the ready() of its app, with this page type among its models.",
            obj=model,
            id="indexing.E001",
        )
        for model in apps.get_models()
        if issubclass(model, BasePage) and model.search_kind and (model, model.search_kind) not in registered
    ]
