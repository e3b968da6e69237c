"""The words for facets and their codes in the reader's language."""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.models import Tag

from core.versions import per_version
from indexing.kinds import facts_of_all, kinds
from taxonomy.choices import Evidence, Scope, Status
from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Term, Theme

FACET_LABELS = {
    "kind": _("Kind"),
    "country": _("Country"),
    "theme": _("Theme"),
    "sdg": pgettext_lazy("facet", "Sustainable Development Goal"),
    "status": pgettext_lazy("practice", "Status"),
    "evidence": _("Evidence"),
    "beneficiary": _("Beneficiaries"),
    "scope": _("Scope"),
    "type": _("Practice type"),
    "language": _("Language"),
    "year": _("Start year"),
    "tag": _("Tag"),
}
VOCABULARIES: dict[str, type[Term]] = {
    model.facet: model for model in (Country, Theme, SDG, Beneficiary, PracticeType)
}
CHOICES = {"status": Status, "evidence": Evidence, "scope": Scope}
Labels = dict[str, dict[str, str]]


@per_version
def labels(language: str) -> Labels:
    """Facet -> code -> label in `language`. A year is its own label."""
    with translation.override(language):
        found: Labels = {
            facet: {term.code: term.label(language) for term in model.objects.in_order()}
            for facet, model in VOCABULARIES.items()
        }
        found |= {
            facet: {code: str(label) for code, label in choices.choices} for facet, choices in CHOICES.items()
        }
        found["sdg"] = {code: f"{code}. {name}" for code, name in found["sdg"].items()}
        found["kind"] = {kind.code: str(kind.label) for kind in kinds()}
        found["language"] = {code: str(name) for code, name in settings.LANGUAGES}
        found["tag"] = dict(Tag.objects.values_list("slug", "name")) | _fact_tags()
        found["year"] = {}
    return found


def _fact_tags() -> dict[str, str]:
    """Code -> label of the facts that are found as tags, in the active language."""
    return {
        f"{fact.tag}-{code}": f"{fact.tag_label}: {label}"
        for fact in facts_of_all().values()
        if fact.tag and fact.choices
        for code, label in fact.choices.choices
    }


@cache
def fact_labels(language: str) -> Labels:
    """Fact -> code -> label in `language`, of facts with a closed list; codes as texts."""
    with translation.override(language):
        return {
            fact.name: {str(code): str(label) for code, label in fact.choices.choices}
            for fact in facts_of_all().values()
            if fact.choices
        }


@per_version
def known() -> dict[str, frozenset[str]]:
    """Facet -> the codes that a query may name."""
    return {facet: frozenset(codes) for facet, codes in labels("en").items()}


@per_version
def top_themes() -> dict[str, str]:
    """Theme code -> the code of its top theme, itself for a top theme."""
    return {theme.code: theme.top.code for theme in Theme.objects.select_related("parent")}


@per_version
def speca_countries() -> list[Country]:
    """The seven, by code."""
    return list(Country.objects.of_speca())
