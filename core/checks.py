"""System checks of the page types."""

from django.apps import apps
from django.core import checks

from core.models import BasePage


@checks.register
def every_page_type_is_findable_or_excluded(**kwargs: object) -> list[checks.CheckMessage]:
    """Return an error for each page type that neither has a search kind and content nor is excluded from search."""
    return [
        checks.Error(
            f"{model.__name__} is neither searchable nor excluded.",
            hint="Set search_kind and write search_content(), or set search_excluded = True.",
            obj=model,
            id="core.E001",
        )
        for model in apps.get_models()
        if issubclass(model, BasePage)
        and bool(model.search_kind and hasattr(model, "search_content")) == model.search_excluded
    ]
