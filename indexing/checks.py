"""System checks of the index."""

from django.apps import apps
from django.core import checks

from core.models import BasePage
from indexing.facets import FACETS
from indexing.kinds import kinds
from indexing.querysets import FindablePageQuerySet


@checks.register
def check_page_types_have_kind(**kwargs: object) -> list[checks.CheckMessage]:
    """Check that the kind of each page type is registered with it; otherwise its pages would never be indexed."""
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
def check_kind_managers(**kwargs: object) -> list[checks.CheckMessage]:
    """Check that the manager of each page type has the methods of FindablePageQuerySet, which the index calls."""
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
def check_kind_facets(**kwargs: object) -> list[checks.CheckMessage]:
    """Check that each kind uses only facets of FACETS; an unknown facet would be in no index and no export."""
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
