"""Who answers for a practice: its contacts, and the focal points of its section's country (enquiries.keepers)."""

from uuid import UUID

from wagtail.models import Page

from enquiries.keepers import Keepers
from indexing.models import FormerPath
from practices.models import PracticePage, SectionPage
from practices.sections import country_of


def last_section(key: UUID) -> SectionPage | None:
    """The section below which a practice, perhaps deleted by now, was last read."""
    steps = FormerPath.objects.last_of(key).strip("/").split("/")
    return SectionPage.objects.filter(slug=steps[-2]).order_by("pk").first() if len(steps) > 1 else None


def contacts(page: PracticePage) -> set[str]:
    return {block.value["email"] for block in page.contacts if block.value["email"]}


def _country(section: Page | None) -> str:
    country = country_of(section)
    return country.code if country else ""


KEEPERS_OF_PRACTICES = Keepers(
    contacts=contacts,
    country=lambda page: _country(page.get_parent()),
    last_country=lambda key: _country(last_section(key)),
)
KEEPERS_OF_SECTIONS = Keepers(country=_country)
