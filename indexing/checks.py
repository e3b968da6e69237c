"""Invariants of the index, told at start."""

from django.apps import apps
from django.core import checks

from core.models import BasePage
from indexing.facets import FACETS
from indexing.kinds import kinds
from indexing.querysets import FindablePageQuerySet


@checks.register
def every_findable_page_type_is_of_a_kind(**kwargs: object) -> list[checks.CheckMessage]:
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


@checks.register
def every_kind_can_be_asked_for_its_pages(**kwargs: object) -> list[checks.CheckMessage]:
    """The index asks the manager of a page type for its public pages, by the names of FindablePageQuerySet."""
    return [
        checks.Error(
            f"{model.__name__} can not be asked for its public pages.",
            hint="Make its manager by PageManager.from_queryset of a subclass of FindablePageQuerySet.",
            obj=model,
            id="indexing.E002",
        )
        for kind in kinds()
        for model in kind.models
        if not isinstance(model._default_manager.none(), FindablePageQuerySet)
    ]


@checks.register
def every_kind_fills_known_facets(**kwargs: object) -> list[checks.CheckMessage]:
    """A facet that nobody knows would be in no index and in no export."""
    return [
        checks.Error(
            f"The kind {kind.code} fills the facet {name}, which there is not.",
            hint="Add it to indexing.facets.FACETS, or correct Kind.facets.",
            id="indexing.E003",
        )
        for kind in kinds()
        for name in kind.facets
        if name not in FACETS
    ]
