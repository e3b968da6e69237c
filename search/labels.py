"""Labels of facets and their codes, in the reader's language."""

from collections.abc import Callable
from functools import cache

from django.apps import apps
from django.conf import settings
from django.utils import translation
from taggit.models import Tag

from core.versions import per_version
from indexing.facets import FACETS, Facet
from indexing.kinds import facts_of_all, kinds
from taxonomy.models import Country, Theme

Labels = dict[str, dict[str, str]]


@per_version
def labels(language: str) -> Labels:
    """Return facet -> code -> label in `language`. Years have no entry: a year is its own label."""
    with translation.override(language):
        return {name: _labels_of(facet, language) for name, facet in FACETS.items()}


def _labels_of(facet: Facet, language: str) -> dict[str, str]:
    if isinstance(facet.source, str):
        terms = apps.get_model(facet.source).objects.in_order()
        return {term.code: term.facet_label(language) for term in terms}
    if facet.source:
        return {str(code): str(label) for code, label in facet.source.choices}
    return SOURCES[facet.name]()


def _kinds() -> dict[str, str]:
    return {kind.code: str(kind.label) for kind in kinds()}


def _languages() -> dict[str, str]:
    return {code: str(name) for code, name in settings.LANGUAGES}


def _tags() -> dict[str, str]:
    return dict(Tag.objects.values_list("slug", "name")) | _fact_tags()


def _fact_tags() -> dict[str, str]:
    """Return code -> label, in the active language, of the facts that are indexed as tags."""
    return {
        f"{fact.tag}-{code}": f"{fact.tag_label}: {label}"
        for fact in facts_of_all().values()
        if fact.tag and fact.choices
        for code, label in fact.choices.choices
    }


# Functions that return code -> label in the active language, for facets with neither a closed list nor a vocabulary.
SOURCES: dict[str, Callable[[], dict[str, str]]] = {
    "kind": _kinds,
    "language": _languages,
    "tag": _tags,
    "year": dict,
}


@cache
def fact_labels(language: str) -> Labels:
    """Return fact -> code -> label in `language` for facts with a closed list; codes are strings."""
    with translation.override(language):
        return {
            fact.name: {str(code): str(label) for code, label in fact.choices.choices}
            for fact in facts_of_all().values()
            if fact.choices
        }


@per_version
def known_codes() -> dict[str, frozenset[str]]:
    """Return facet -> the codes that a query may name."""
    return {facet: frozenset(codes) for facet, codes in labels("en").items()}


@per_version
def top_themes() -> dict[str, str]:
    """Return theme code -> code of its top theme; a top theme maps to itself."""
    return {theme.code: theme.top.code for theme in Theme.objects.select_related("parent")}


@per_version
def speca_countries() -> list[Country]:
    """Return the seven SPECA countries, ordered by code."""
    return list(Country.objects.of_speca())
