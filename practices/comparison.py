"""The points of a comparison of practices and of the table in their briefs, in groups."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from indexing.facets import FACETS
from indexing.points import (
    FullRecord,
    Point,
    PointGroup,
    date_point,
    facet_point,
    fact_lines,
    fact_point,
    text_lines,
    text_point,
)


def _years(entry: FullRecord) -> list[str]:
    end = entry.facts.get("end_year")
    if entry.year and end:
        return [f"{entry.year}–{end}"]
    return [gettext("since %(year)s") % {"year": entry.year}] if entry.year else []


def _cost(entry: FullRecord) -> list[str]:
    lines = [f"{line} {entry.facts.get('currency', '')}".strip() for line in fact_lines("cost_range", entry)]
    return [*lines, *text_lines("cost_note", entry)]


def _readiness(entry: FullRecord) -> list[str]:
    level = entry.facts.get("technology_readiness")
    return [gettext("%(level)s of 9") % {"level": level}] if level else []


def _sources(entry: FullRecord) -> list[str]:
    number = len(entry.parts.get("sources", []))
    return [number_format(number)] if number else []


def _indicators(entry: FullRecord) -> list[str]:
    return [_indicator(block) for block in entry.parts.get("indicators", [])]


def _indicator(block: Mapping[str, object]) -> str:
    value = " ".join(str(block[name]) for name in ("value", "unit") if block.get(name))
    return f"{block.get('name', '')}: {value}"


def _partners(entry: FullRecord) -> list[str]:
    return [str(partner["name"]) for partner in entry.parts.get("partners", []) if partner.get("name")]


def _adopted_by(entry: FullRecord) -> list[str]:
    return [label.label for label in entry.adopted_by]


COMPARISON = (
    PointGroup(
        gettext_lazy("What and for whom"),
        (
            *(
                facet_point(FACETS[name].label, name)
                for name in ("country", "theme", "type", "beneficiary", "sdg")
            ),
            text_point(gettext_lazy("Lead organisation"), "lead_organisation"),
            Point(gettext_lazy("Partners"), _partners, text="partners"),
        ),
    ),
    PointGroup(
        gettext_lazy("Time and scale"),
        (
            facet_point(FACETS["status"].label, "status"),
            Point(pgettext_lazy("practice", "Years"), _years),
            facet_point(FACETS["scope"].label, "scope"),
            fact_point(gettext_lazy("How far it has travelled"), "transfer_rating"),
            Point(gettext_lazy("Adopted by"), _adopted_by),
        ),
    ),
    PointGroup(
        gettext_lazy("Cost and means"),
        (
            Point(gettext_lazy("What it cost"), _cost, text="cost_note"),
            fact_point(gettext_lazy("Financing"), "financing"),
            text_point(gettext_lazy("Staff"), "staff"),
            fact_point(gettext_lazy("Connection"), "connectivity"),
            fact_point(gettext_lazy("Technology"), "technology_licence"),
            Point(gettext_lazy("Technology readiness"), _readiness),
        ),
    ),
    PointGroup(
        gettext_lazy("Evidence"),
        (
            facet_point(FACETS["evidence"].label, "evidence"),
            Point(gettext_lazy("Number of sources"), _sources),
            date_point(gettext_lazy("Last verified"), "last_verified"),
            Point(gettext_lazy("Figures"), _indicators, text="indicators", is_long=True),
            text_point(gettext_lazy("Results"), "results", is_long=True),
        ),
    ),
    PointGroup(
        gettext_lazy("Before you adopt it"),
        (
            text_point(gettext_lazy("What must be in place"), "preconditions", is_long=True),
            text_point(gettext_lazy("What failed, and what was difficult"), "difficulties", is_long=True),
            text_point(gettext_lazy("Lessons"), "lessons", is_long=True),
            text_point(gettext_lazy("Advice for those who adopt it"), "adaptation_advice", is_long=True),
            text_point(gettext_lazy("Legal context"), "legal_context", is_long=True),
        ),
    ),
)
