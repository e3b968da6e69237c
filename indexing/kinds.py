"""The kinds of what readers find. A content app registers its kinds when it is ready; the index, search, exports and the API
read what they must know of a kind here, and know no page type."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Choices
from django.utils.functional import Promise

from core.models import BasePage

Label = str | Promise


@dataclass(frozen=True)
class Fact:
    """A plain value that is the same in every language; of a closed list, its code.

    `tag` is the prefix under which its codes are found as tags (`cost-under-10k`), `tag_label` what a reader calls that.
    """

    name: str
    label: Label
    choices: type[Choices] | None = None
    tag: str = ""
    tag_label: Label = ""


@dataclass(frozen=True)
class Text:
    """A text in the language of the page; `is_list` where it is also given as a list of plain values (sources, partners)."""

    name: str
    label: Label
    is_list: bool = False


@dataclass(frozen=True)
class Kind:
    """What one kind of record is.

    `code` is the code of the facet `kind`. `texts` are in the order in which a reader meets them, `facts` in that of a table.
    `labels` are the names of what has a place of its own in every record: title, summary, start_year and the like.
    """

    code: str
    label: Label
    models: tuple[type[BasePage], ...]
    texts: tuple[Text, ...]
    facts: tuple[Fact, ...]
    labels: Mapping[str, Label] = field(default_factory=dict)


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
