"""The registry of kinds of records. Each content app registers its kinds in ready(); index, search, exports and API read
them here and know no page type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Choices
from django.utils.functional import Promise

from core.models import BasePage
from indexing.points import PointGroup

Label = str | Promise


@dataclass(frozen=True)
class Fact:
    """A plain value that is the same in every language; for a closed list, its code.

    `type` is the type of the value in the API: int, float, str or date. `tag` is the prefix of the tags under which its
    codes are indexed (`cost-under-10k`), `tag_label` the label of that prefix.
    """

    name: str
    label: Label
    choices: type[Choices] | None = None
    tag: str = ""
    tag_label: Label = ""
    type: type = str


@dataclass(frozen=True)
class Text:
    """A text in the language of the page."""

    name: str
    label: Label


@dataclass(frozen=True)
class ForeignTypes:
    """The types of a kind in other systems: schema.org, CSL, RIS, BibTeX, and DataCite.

    `datacite_general` is DataCite's general type (Dublin Core's too), `datacite` the free text that specifies it.
    """

    schema_org: str
    csl: str
    ris: str
    bibtex: str
    datacite_general: str
    datacite: str


WEB_PAGE = ForeignTypes("WebPage", "webpage", "ELEC", "misc", "Text", "Web page")


@dataclass(frozen=True)
class Kind:
    """The definition of one kind of record.

    `code` is its code in the facet `kind`. `facets` are the facets that its records use, besides kind and language.
    `texts` are in reading order, `facts` in the order of a table. `lists` are the texts that are also available as lists
    of plain values (sources, partners): name -> the fields of an item, in order, with their types.
    `labels` has the labels of fields that every record has: title, summary, start_year and the like.
    `brief` maps the texts of its two-page brief to their headings there; all of its texts if empty.
    `comparison` has the rows of a comparison; its facets, facts and texts if empty.
    `gone_template` is the template of a record that is no longer public.
    """

    code: str
    label: Label
    label_plural: Label
    models: tuple[type[BasePage], ...]
    facets: tuple[str, ...]
    texts: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()
    lists: Mapping[str, Mapping[str, type]] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    brief: Mapping[str, Label] = field(default_factory=dict)
    comparison: tuple[PointGroup, ...] = ()
    types: ForeignTypes = WEB_PAGE
    gone_template: str = "pages/gone.html"

    def label_of(self, name: str) -> Label:
        """Return the label of a fact, a text or a field that every record has. Raises KeyError."""
        facts = {fact.name: fact.label for fact in self.facts}
        texts = {text.name: text.label for text in self.texts}
        return {**facts, **texts, **self.labels}[name]


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Register a kind. Raises ValueError if its code is registered already."""
    if kind.code in _kinds:
        raise ValueError(f"The kind {kind.code} is registered already.")
    _kinds[kind.code] = kind


def kinds() -> tuple[Kind, ...]:
    """Return all kinds in the order of their registration."""
    return tuple(_kinds.values())


def kind_of(code: str) -> Kind:
    """Return the kind with this code. Raises KeyError."""
    return _kinds[code]


@cache
def searchable_models() -> tuple[type[BasePage], ...]:
    """Return the page types of all kinds."""
    return tuple(model for kind in kinds() for model in kind.models)


def only_kind(codes: tuple[str, ...]) -> Kind | None:
    """Return the only kind that a query can match, given its `kind` codes; None if there are several."""
    candidates = [_kinds[code] for code in codes if code in _kinds] or list(_kinds.values())
    return candidates[0] if len(candidates) == 1 else None


def facts_of_all() -> dict[str, Fact]:
    """Return the facts of all kinds by name. The same name means the same fact."""
    return {fact.name: fact for kind in kinds() for fact in kind.facts}


def fact_tag_codes() -> frozenset[str]:
    """Return the tag codes that come from facts, not from editors."""
    return frozenset(
        f"{fact.tag}-{code}"
        for fact in facts_of_all().values()
        if fact.tag and fact.choices
        for code in fact.choices.values
    )
