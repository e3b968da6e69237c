"""Load the shipped vocabularies."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Term, Theme

SHIPPED = Path(__file__).parent / "vocabulary.yaml"
MODELS: dict[str, type[Term]] = {
    "countries": Country,
    "themes": Theme,
    "sdgs": SDG,
    "beneficiaries": Beneficiary,
    "practice_types": PracticeType,
}


@transaction.atomic
def load_vocabularies() -> int:
    """Add the missing shipped terms and return their number; terms edited by the secretariat stay."""
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return sum(_add_missing(MODELS[name], terms) for name, terms in shipped.items())


def _add_missing(model: type[Term], terms: list[dict[str, Any]]) -> int:
    terms_by_code = {term.code: term for term in model.objects.all()}
    added = 0
    for position, row in enumerate(terms, start=1):
        code = str(row.pop("code"))
        if code in terms_by_code:
            continue
        if parent := row.pop("parent", None):
            row["parent"] = terms_by_code[parent]
        terms_by_code[code] = model.objects.create(code=code, position=position, **row)
        added += 1
    return added
