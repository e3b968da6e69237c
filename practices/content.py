"""The content of a published practice for its record: texts, keywords, codes."""

from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing

from core.searchable import SearchContent
from practices.language_version import LanguageVersion
from practices.organisations import organisation_texts, organisations, partners
from practices.untranslated import wholly_untranslated
from taxonomy.models import Term

# Contacts are not searchable: their e-mail addresses are never public.
RICH_TEXTS = ["challenge", "objectives", "results", "difficulties", "lessons", "legal_context", "preconditions",
              "adaptation_advice"]  # fmt: skip
STREAMS = ["approach", "indicators", "sources"]
LINES = ["place", "adaptation", "cost_note", "staff"]
NAME_FIELDS = frozenset(("lead_organisation", "partners", "place"))
LIST_FIELDS = ["sources", "indicators"]
FACTS = ["end_year", "adopted_year", "cost_range", "currency", "financing", "technology_readiness", "technology_licence",
         "connectivity", "transfer_rating", "reviewed_by", "content_licence"]  # fmt: skip
# Prefix of a tag -> the field from which it is derived.
FACT_TAGS = {"connection": "connectivity", "cost": "cost_range"}
PLACE = ["latitude", "longitude"]
TEXT_FIELDS_IN_ORDER = [
         "challenge", "objectives", "approach", "results", "indicators", "difficulties", "lessons", "preconditions",
         "adaptation_advice", "adaptation", "legal_context", "cost_note", "staff", "lead_organisation", "partners", "place",
         "sources"]  # fmt: skip


def search_content(page: LanguageVersion) -> SearchContent:
    """Return the content of `page`, as saved in the database, for its record."""
    themes = {theme.code: theme for chosen in page.themes.all() for theme in chosen.with_ancestors()}
    terms: list[Term] = [*page.countries.all(), *themes.values(), *page.sdgs.all(), *page.beneficiaries.all()]
    if page.practice_type:
        terms.append(page.practice_type)
    tags = [item.tag for item in page.tagged_items.all()]
    return SearchContent(
        key=page.translation_key,
        kind=page.search_kind,
        language=page.locale.language_code,
        title=page.title,
        summary=page.summary,
        url=page.get_url() or "",
        fields=plain_texts(page),
        keywords=[name for term in terms for name in (term.name_en, term.name_ru)]
        + [tag.name for tag in tags],
        facets=_codes(page, list(themes), [*(tag.slug for tag in tags), *fact_tags(page)]),
        first_published=page.first_published_at,
        is_original=page.is_original,
        year=page.start_year,
        parts=parts(page),
        facts=facts(page),
        untranslated=untranslated(page),
        name_fields=NAME_FIELDS,
    )


def plain_texts(page: LanguageVersion) -> dict[str, str]:
    """Return field name -> text without markup, in reading order, without empty ones."""
    texts = {name: get_text_for_indexing(getattr(page, name)) for name in RICH_TEXTS}
    texts |= {name: stream_text(getattr(page, name)) for name in STREAMS}
    texts |= {name: getattr(page, name) for name in LINES} | organisation_texts(page)
    return {name: texts[name].strip() for name in TEXT_FIELDS_IN_ORDER if texts[name].strip()}


def parts(page: LanguageVersion) -> dict[str, list[dict[str, object]]]:
    """Return the lists of plain values by name, without empty ones."""
    lists: dict[str, list[Any]] = {name: stream_values(getattr(page, name)) for name in LIST_FIELDS}
    lists |= {"partners": partners(page), "organisations": organisations(page)}
    return {name: values for name, values in lists.items() if values}


def untranslated(page: LanguageVersion) -> dict[str, str]:
    """Return the names of texts that are not translated -> the language that they are in."""
    names = wholly_untranslated(page)
    return {
        name: page.original_language for name in ("title", "summary", *TEXT_FIELDS_IN_ORDER) if name in names
    }


def stream_text(value: StreamValue) -> str:
    return "\n".join(value.stream_block.get_searchable_content(value))


def stream_values(value: StreamValue) -> list[dict[str, object]]:
    """Return the blocks of a stream of plain values as dictionaries, without empty values."""
    return [{name: value for name, value in block.value.items() if value} for block in value]


def facts(page: LanguageVersion) -> dict[str, object]:
    """Return the facts, which are the same in every language, as codes, numbers and ISO dates, without empty ones."""
    values = {name: getattr(page, name) for name in FACTS}
    values |= {name: float(getattr(page, name)) for name in PLACE if getattr(page, name) is not None}
    values["adopted_by"] = [country.code for country in page.adopted_by.all()]
    values["adopted_from"] = str(page.adopted_from.translation_key) if page.adopted_from else ""
    values["last_verified"] = page.last_verified.isoformat() if page.last_verified else ""
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def fact_tags(page: LanguageVersion) -> list[str]:
    """Return tags for the facts that readers filter by but that have no facet of their own."""
    return [f"{name}-{code}" for name, field in FACT_TAGS.items() if (code := getattr(page, field))]


def _codes(page: LanguageVersion, themes: list[str], tags: list[str]) -> dict[str, list[str]]:
    codes_by_facet = {
        "country": [term.code for term in page.countries.all()],
        "theme": themes,
        "sdg": [term.code for term in page.sdgs.all()],
        "status": [page.status],
        "evidence": [page.evidence_level],
        "beneficiary": [term.code for term in page.beneficiaries.all()],
        "scope": [page.scope],
        "type": [page.practice_type.code] if page.practice_type else [],
        "year": [str(page.start_year)] if page.start_year else [],
        "tag": tags,
    }
    return {facet: [code for code in codes if code] for facet, codes in codes_by_facet.items()}
