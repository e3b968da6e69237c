"""The published demo practices, each in English and, where `demo/russian/` has its text, in Russian too."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from home.demo.existing import key_of, rows_to_load
from home.demo.files import prose, read, russian_texts
from home.demo.publishing import publish, russian_copy
from practices.models import PracticePage, SectionPage
from practices.untranslated import mark_same_on_purpose
from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Term, Theme


def load() -> None:
    """Publish the practices that have never been loaded."""
    content = read("practices")
    rows = rows_to_load(content["practices"], "practice", "title_en")
    if not rows:  # as on every start but the first
        return
    codes = {row["slug"]: row["codes"] for row in read("beneficiaries")}
    russian = russian_texts()
    for row in rows:
        _publish(row | {"beneficiaries": codes[row["slug"]]}, content["contact"], russian.get(row["slug"]))


def section(slug: str, language: str) -> SectionPage:
    return SectionPage.objects.get(slug=slug, locale__language_code=language)


def common_fields(row: dict[str, Any], contact: dict[str, str], language: str) -> dict[str, object]:
    """Return the page fields that practices and drafts have in the same form."""
    point = row["coordinates"]
    return {
        "slug": row["slug"],
        "translation_key": key_of("practice", row["slug"]),
        "original_language": language,
        "countries": _terms(Country, row["countries"]),
        "themes": _terms(Theme, [*row["themes"], *row["subthemes"]]),
        "sdgs": _terms(SDG, row["sdgs"]),
        "beneficiaries": _terms(Beneficiary, row["beneficiaries"]),
        "practice_type": PracticeType.objects.get(code=row["practice_type"])
        if row["practice_type"]
        else None,
        "scope": row["scope"],
        "status": row["status"],
        "start_year": row["year_started"],
        "latitude": Decimal(str(point["lat"])) if point else None,
        "longitude": Decimal(str(point["lon"])) if point else None,
        "sources": [("source", source) for source in row["sources"]],
        "contacts": contacts(contact, language),
    }


def leads(names: str) -> list[tuple[str, dict[str, str]]]:
    """Return the lead organisations, which the content has in one line, separated by semicolons."""
    return [("lead", {"name": name.strip()}) for name in names.split(";")]


def contacts(contact: dict[str, str], language: str) -> list[tuple[str, dict[str, str]]]:
    person = {"role": contact[f"role_{language}"], "organisation": "", "email": contact["email"]}
    return [("contact", person)]


def indicators(row: dict[str, Any], texts: list[dict[str, str]]) -> list[tuple[str, dict[str, object]]]:
    """Return the indicators of a practice, in the words of `texts`, each with the number and publisher of its source."""
    found = []
    for indicator, words in zip(row.get("indicators", []), texts, strict=True):
        number = indicator["source"]
        source = f"[{number}] {row['sources'][number - 1]['publisher']}"
        found.append(("indicator", words | {"year": indicator.get("year"), "source": source}))
    return found


def texts(row: dict[str, str | None], ending: str = "") -> dict[str, object]:
    """Return the texts of a practice as page fields; `ending` is the suffix of their names in the content."""
    approach = prose(row[f"approach{ending}"])
    return {
        "title": row[f"title{ending}"],
        "summary": row[f"summary{ending}"],
        "challenge": prose(row[f"challenge{ending}"]),
        "approach": [("text", approach)] if approach else [],
        "results": prose(row[f"results{ending}"]),
        "difficulties": prose(row.get(f"difficulties{ending}")),
        "lessons": prose(row[f"lessons{ending}"]),
        "adaptation_advice": prose(row[f"transferability{ending}"]),
    }


@transaction.atomic
def _publish(row: dict[str, Any], contact: dict[str, str], russian: dict[str, Any] | None) -> None:
    page = PracticePage(
        **common_fields(row, contact, "en"),
        **texts(row, "_en"),
        organisations=leads(row["organisation"]),
        place=row["coordinates"]["place"] if row["coordinates"] else "",
        evidence_level=row["evidence_level"],
        indicators=indicators(row, row.get("indicators", [])),
        live=False,
    )
    page.tags.add(*row["tags"])
    section(row["section"], "en").add_child(instance=page)
    publish(page)
    if russian:
        _publish_russian(russian_copy(page), row, russian, contact)


def _publish_russian(
    page: PracticePage, row: dict[str, Any], russian: dict[str, Any], contact: dict[str, str]
) -> None:
    fields = texts(russian, "_ru") | {
        "organisations": leads(russian["organisation_ru"]),
        "place": russian["place_ru"] or "",
        "indicators": indicators(row, russian.get("indicators_ru", [])),
        "contacts": contacts(contact, "ru"),
    }
    for name, value in fields.items():
        setattr(page, name, value)
    # Sources are not translated: they are cited by their original titles.
    mark_same_on_purpose(page, ["sources"])
    publish(page)


def _terms(model: type[Term], codes: list[object]) -> list[Term]:
    """Return the terms with these codes. Raises DoesNotExist for an unknown code."""
    return [model.objects.get(code=str(code)) for code in codes]
