"""The country of a section, which is always among its practices' countries."""

from wagtail.models import Page

from practices.language_version import LanguageVersion
from taxonomy.models import Country


def country_of(section: Page | None) -> Country | None:
    """Return the country of the section; None for international experts and for any other page."""
    return getattr(section.specific, "country", None) if section else None


def add_country_of_section(page: LanguageVersion) -> None:
    country: Country | None = country_of(page.get_parent()) if page.path else None
    if not country:
        return
    if not page.pk and "countries" not in getattr(page, "_cluster_related_objects", {}):
        page.countries = [country]  # none were given, and there is no row yet to ask for others
    elif country not in page.countries.all():
        page.countries.add(country)
