"""One practice in full, as its record has it; what became of one that is no longer public."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import Router, Schema, Status

from api.errors import GoneOut, MissingOut, RefusalOut, SuccessorOut
from api.operations import reads
from api.parameters import KEY, LANG
from api.request_parsing import read_only
from core.labels import Label
from exports.entries import Entry, entry
from practices.addresses import fate, was_at

router = Router(tags=["Practices"])
# They stand in the answer as in the entry.
SAME = ("key", "kind", "language", "languages", "original", "title", "summary", "address", "permanent", "texts", "year",
        "first_published", "changed")  # fmt: skip
PARTS = ("sources", "partners", "indicators")


class LabelOut(Schema):
    """A code and its words in the language that was asked for."""

    code: str
    label: str


class LicenceOut(LabelOut):
    """Under which one may use the texts."""

    address: str


class OriginOut(Schema):
    """The practice that this one was adopted from."""

    key: UUID
    title: str
    permanent: str


class FactsOut(Schema):
    """What is the same in every language; null where nobody said."""

    end_year: int | None = None
    adopted_year: int | None = None
    cost_range: LabelOut | None = None
    currency: str | None = None
    financing: LabelOut | None = None
    technology_readiness: int | None = None
    technology_licence: LabelOut | None = None
    connectivity: LabelOut | None = None
    transfer_rating: LabelOut | None = None
    reviewed_by: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    last_verified: date | None = None


class SourceOut(Schema):
    title: str = ""
    publisher: str = ""
    url: str = ""
    year: int | None = None


class PartnerOut(Schema):
    name: str = ""
    contribution: str = ""


class IndicatorOut(Schema):
    """A measured figure: `value`, and `baseline`, which is what it was before."""

    name: str = ""
    value: str = ""
    baseline: str = ""
    unit: str = ""
    year: int | None = None
    source: str = ""


class PracticeOut(Schema):
    """A practice: `language` is that of its texts, the one asked for where there is one, else the original's.

    `codes` are by facet, as one can ask for them; `texts` are plain, by section, in reading order; `address` is where it
    is read, `permanent` never changes.
    """

    key: UUID
    kind: str
    language: str
    languages: list[str]
    original: str
    title: str
    summary: str
    address: str
    permanent: str
    codes: dict[str, list[LabelOut]]
    facts: FactsOut
    texts: dict[str, str]
    sources: list[SourceOut]
    partners: list[PartnerOut]
    indicators: list[IndicatorOut]
    year: int | None
    first_published: datetime
    changed: datetime
    licence: LicenceOut | None
    adopted_from: OriginOut | None
    adopted_by: list[LabelOut]


@reads(
    router,
    "/practices/{key}",
    PracticeOut,
    {404: MissingOut, 410: GoneOut, 422: RefusalOut},
    summary="A practice in full",
    parameters=[LANG],
)
def practice(request: HttpRequest, key: UUID = KEY) -> PracticeOut | Status[GoneOut]:
    """Everything that a reader of its page can read, contacts aside: write to these by the form on the page."""
    lang = read_only(request, "lang").lang
    found = entry(key, lang)
    return practice_out(found) if found else Status(410, _gone(key, lang))


def practice_out(found: Entry) -> PracticeOut:
    facts: dict[str, Any] = {name: _plain(value) for name, value in found.facts.items()}
    licence = facts.pop("content_licence", None)
    same: dict[str, Any] = {name: getattr(found, name) for name in SAME}
    parts: dict[str, Any] = {part: found.parts.get(part, []) for part in PARTS}
    return PracticeOut(
        codes={facet: _labels(labels) for facet, labels in found.codes.items()},
        facts=FactsOut(**facts),
        licence=LicenceOut(**vars(licence), address=found.licence_address) if licence else None,
        adopted_from=OriginOut(**vars(found.origin)) if found.origin else None,
        adopted_by=_labels(found.adopted_by),
        **same,
        **parts,
    )


def _labels(labels: list[Label]) -> list[LabelOut]:
    return [LabelOut(**vars(label)) for label in labels]


def _plain(value: Any) -> Any:
    return LabelOut(**vars(value)) if isinstance(value, Label) else value


def _gone(key: UUID, lang: str) -> GoneOut:
    """Raises Http404 for what was never public, and for what is under a restriction: it is not gone."""
    with translation.override(lang):
        found = fate(key)
        if found is None or found.guarded_url:
            raise Http404
        successor = was_at(found.url or found.replaced_by_url)
        return GoneOut(
            detail="This practice has been withdrawn.",
            reason=found.reason,
            replaced_by=_successor(successor, lang) if successor else None,
        )


def _successor(key: UUID, lang: str) -> SuccessorOut | None:
    found = entry(key, lang)
    return (
        SuccessorOut(key=key, title=found.title, address=found.address, permanent=found.permanent)
        if found
        else None
    )
