"""The schemas of full records, one for each kind, generated from its registration."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import create_model

from api.uris import Uri
from core.labels import Label
from exports.entries import Entry
from indexing.kinds import Fact, Kind, kind_of, kinds


class LabelOut(Schema):
    """A code and its words in the language that was asked for."""

    code: str
    label: str


class LicenceOut(LabelOut):
    """Under which one may use the texts."""

    address: Uri


class OriginOut(Schema):
    """The practice that this one was adopted from."""

    key: UUID
    title: str
    permanent: Uri


# Fields that are copied from the entry unchanged.
HEAD = {"key": UUID, "kind": str, "language": str, "languages": list[str], "original": str, "title": str, "summary": str,
        "address": Uri, "permanent": Uri}  # fmt: skip
TAIL = {"year": int | None, "first_published": datetime, "changed": datetime}
LINEAGE = {"adopted_from": OriginOut | None, "adopted_by": list[LabelOut]}
ABOUT = """A record of the kind {kind}: `language` is that of its texts, the one asked for where there is one, else the
original's.

`codes` are by facet, as one can ask for them; `texts` are plain, by section, in reading order; `address` is where it
is read, `permanent` never changes."""
FACTS_ABOUT = "What is the same in every language; null where nobody said."


def record_schema(kind: Kind) -> type[Schema]:
    """Return the schema of records of a kind."""
    types: dict[str, object] = {
        **HEAD,
        "codes": dict[str, list[LabelOut]],
        "facts": _facts_schema(kind),
        "texts": dict[str, str],
        **{name: list[_item_schema(name, tuple(fields.items()))] for name, fields in kind.lists.items()},  # type: ignore[misc]
        **TAIL,
        "licence": LicenceOut | None,
        **(LINEAGE if "adopted_from" in kind.labels else {}),
    }
    fields: dict[str, object] = {name: (type_, ...) for name, type_ in types.items()}
    return _schema(f"{_camel(kind.code)}Out", ABOUT.format(kind=kind.code), fields)


def _facts_schema(kind: Kind) -> type[Schema]:
    facts = {fact.name: (_type(fact) | None, None) for fact in kind.facts if fact.name != "content_licence"}
    return _schema(f"{_camel(kind.code)}FactsOut", FACTS_ABOUT, facts)


def _type(fact: Fact) -> Any:
    return LabelOut if fact.choices else fact.type


@cache
def _item_schema(name: str, fields: tuple[tuple[str, type], ...]) -> type[Schema]:
    """Return the schema of an item of a list; kinds whose lists are alike share it."""
    types = {field: (str, "") if type_ is str else (type_ | None, None) for field, type_ in fields}
    about = (
        "A measured figure: `value`, and `baseline`, which is what it was before."
        if "baseline" in types
        else ""
    )
    return _schema(f"{_camel(name.removesuffix('s'))}Out", about, types)


def _schema(name: str, about: str, fields: Mapping[str, Any]) -> type[Schema]:
    schema: type[Schema] = create_model(
        name, __base__=Schema, __module__=__name__, __doc__=about or None, **fields
    )
    return schema


def _camel(code: str) -> str:
    return "".join(word.capitalize() for word in code.replace("_", "-").split("-"))


# Created once, since the description of the API names them. This module is imported with the URLs, after all kinds are
# registered.
SCHEMAS = {kind.code: record_schema(kind) for kind in kinds()}


def record_out(entry: Entry) -> Schema:
    """Return a record in the schema of its kind."""
    schema = SCHEMAS[entry.kind]
    facts: dict[str, object] = {name: _plain(value) for name, value in entry.facts.items()}
    licence = facts.pop("content_licence", None)
    values: dict[str, object] = {name: getattr(entry, name) for name in (*HEAD, "texts", *TAIL)}
    values |= {name: entry.parts.get(name, []) for name in kind_of(entry.kind).lists}
    values |= {
        "codes": {facet: _labels(labels) for facet, labels in entry.codes.items()},
        "facts": facts,
        "licence": LicenceOut(**vars(licence), address=entry.licence_address) if licence else None,
        "adopted_from": OriginOut(**vars(entry.origin)) if entry.origin else None,
        "adopted_by": _labels(entry.adopted_by),
    }
    return schema(**values)


def _labels(labels: list[Label]) -> list[LabelOut]:
    return [LabelOut(**vars(label)) for label in labels]


def _plain(value: object) -> Any:
    return LabelOut(**vars(value)) if isinstance(value, Label) else value
