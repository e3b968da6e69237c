"""Terms by code: made once, found again; a code that the portal ships gets its real names only where a test needs them."""

from typing import Any

import factory

from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Theme

COUNTRIES = {
    "AF": ("afghanistan", "Afghanistan", "Афганистан"),
    "AZ": ("azerbaijan", "Azerbaijan", "Азербайджан"),
    "KG": ("kyrgyzstan", "Kyrgyzstan", "Кыргызстан"),
    "KZ": ("kazakhstan", "Kazakhstan", "Казахстан"),
    "TJ": ("tajikistan", "Tajikistan", "Таджикистан"),
    "TM": ("turkmenistan", "Turkmenistan", "Туркменистан"),
    "UZ": ("uzbekistan", "Uzbekistan", "Узбекистан"),
    "EE": ("", "Estonia", "Эстония"),
    "KR": ("", "Republic of Korea", "Республика Корея"),
}


class TermFactory(factory.django.DjangoModelFactory):
    name_en = factory.LazyAttribute(lambda term: term.code.replace("-", " ").capitalize())
    name_ru = factory.LazyAttribute(lambda term: f"{term.name_en} по-русски")

    class Meta:
        django_get_or_create = ("code",)


class CountryFactory(TermFactory):
    name_en = factory.LazyAttribute(lambda term: COUNTRIES.get(term.code, ("", term.code, term.code))[1])
    name_ru = factory.LazyAttribute(lambda term: COUNTRIES.get(term.code, ("", term.code, term.code))[2])
    slug = factory.LazyAttribute(lambda term: COUNTRIES.get(term.code, ("", "", ""))[0])
    is_speca = factory.LazyAttribute(lambda term: bool(term.slug))

    class Meta:
        model = Country


class ThemeFactory(TermFactory):
    class Meta:
        model = Theme


class SDGFactory(TermFactory):
    class Meta:
        model = SDG


class BeneficiaryFactory(TermFactory):
    class Meta:
        model = Beneficiary


class PracticeTypeFactory(TermFactory):
    class Meta:
        model = PracticeType


def a_country(code: str = "KZ", **fields: Any) -> Country:
    return CountryFactory(code=code, **fields)


def a_theme(code: str = "digital-connectivity", parent: "Theme | str | None" = None, **fields: Any) -> Theme:
    return ThemeFactory(code=code, parent=a_theme(parent) if isinstance(parent, str) else parent, **fields)


def an_sdg(code: str = "9", **fields: Any) -> SDG:
    return SDGFactory(code=code, **fields)


def a_beneficiary(code: str = "youth", **fields: Any) -> Beneficiary:
    return BeneficiaryFactory(code=code, **fields)


def a_practice_type(code: str = "programme", **fields: Any) -> PracticeType:
    return PracticeTypeFactory(code=code, **fields)
