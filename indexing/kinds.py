"""The kinds of what readers find. A content app registers its kinds when it is ready; the index, search, exports and the API
read what they must know of a kind here, and know no page type."""

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
    """A plain value that is the same in every language; of a closed list, its code.

    `type` is that of the value in the API: int, float, str or date. `tag` is the prefix under which its codes are found as
    tags (`cost-under-10k`), `tag_label` what a reader calls that.
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
    """What other systems call a kind: a type of schema.org, of CSL, of RIS, of BibTeX, and DataCite's general type (Dublin
    Core's too) with the words that say it more closely."""

    schema_org: str
    csl: str
    ris: str
    bibtex: str
    datacite_general: str
    datacite: str


WEB_PAGE = ForeignTypes("WebPage", "webpage", "ELEC", "misc", "Text", "Web page")


@dataclass(frozen=True)
class Kind:
    """What one kind of record is.

    `code` is the code of the facet `kind`. `facets` are those that its records have codes of, besides kind and language.
    `texts` are in the order in which a reader meets them, `facts` in that of a table. `lists` are those texts that are
    also given as lists of plain values (sources, partners): name -> the fields of an item, in order, with their types.
    `labels` are the names of what has a place of its own in every record: title, summary, start_year and the like.
    `brief` are the texts of its two-page brief with their headings there; all of its texts where it names none.
    `comparison` is what such records are compared in; its facets, facts and texts where it lists nothing.
    `gone_template` says what became of a record that is no longer public.
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
        """Return what a reader calls a fact, a text or what has a place of its own. Raises KeyError."""
        facts = {fact.name: fact.label for fact in self.facts}
        texts = {text.name: text.label for text in self.texts}
        return {**facts, **texts, **self.labels}[name]


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind known; its code may be registered once. Raises ValueError."""
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
    """Return the page types that readers find."""
    return tuple(model for kind in kinds() for model in kind.models)


def only_kind(codes: tuple[str, ...]) -> Kind | None:
    """Return the kind that all results of a query are of, which chose these codes of the facet `kind`; None where they may
    be of several."""
    found = [_kinds[code] for code in codes if code in _kinds] or list(_kinds.values())
    return found[0] if len(found) == 1 else None


def facts_of_all() -> dict[str, Fact]:
    """Return the facts of all kinds by name. The same name means the same fact."""
    return {fact.name: fact for kind in kinds() for fact in kind.facts}


def fact_tag_codes() -> frozenset[str]:
    """Return the codes that are found as tags though nobody gave them."""
    return frozenset(
        f"{fact.tag}-{code}"
        for fact in facts_of_all().values()
        if fact.tag and fact.choices
        for code in fact.choices.values
    )
