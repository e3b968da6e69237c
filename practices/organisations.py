"""The organisations of a practice as plain values: who leads it, its partners, and which of their names are untranslated."""

from practices.blocks.organisations import LEAD, PARTNER
from practices.fingerprints import has_words, passages
from practices.language_version import LanguageVersion

SEPARATOR = "; "
# A text of the record -> the role of the organisations that it names.
ROLES = {"lead_organisation": LEAD, "partners": PARTNER}


def organisations(page: LanguageVersion) -> list[dict[str, str]]:
    """Return role, name, ROR identifier and URL of each organisation, in the order of the page, without empty values."""
    return [
        {"role": block.block_type}
        | {name: block.value[name] for name in ("name", "ror", "url") if block.value[name]}
        for block in page.organisations
        if block.value["name"]
    ]


def partners(page: LanguageVersion) -> list[dict[str, str]]:
    """Return name and contribution of each partner, without empty values."""
    values = (block.value for block in page.organisations if block.block_type == PARTNER)
    return [
        {name: value[name] for name in ("name", "contribution") if value[name]}
        for value in values
        if value["name"]
    ]


def organisation_texts(page: LanguageVersion) -> dict[str, str]:
    """Return the lead organisations in one line, and the partners with what they contribute in lines."""
    leads = [value["name"] for value in organisations(page) if value["role"] == LEAD]
    return {
        "lead_organisation": SEPARATOR.join(leads),
        "partners": "\n".join(line for partner in partners(page) for line in partner.values()),
    }


def untranslated_roles(page: LanguageVersion, untranslated: list[int]) -> list[str]:
    """Return the texts of ROLES of which no name is translated; `untranslated` are the numbers of blocks that are not."""
    language, texts = page.original_language, passages(page, "organisations")
    worded = {
        name: [
            number
            for number, block in enumerate(page.organisations)
            if block.block_type == role and has_words(texts[number], language)
        ]
        for name, role in ROLES.items()
    }
    return [name for name, numbers in worded.items() if numbers and set(numbers) <= set(untranslated)]
