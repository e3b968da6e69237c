"""Who keeps a practice that was deleted."""

from uuid import UUID

from indexing.models import FormerPath
from practices.models import SectionPage


def last_section(key: UUID) -> SectionPage | None:
    """The section below which a practice, perhaps deleted by now, was last read."""
    steps = FormerPath.objects.last_of(key).strip("/").split("/")
    return SectionPage.objects.filter(slug=steps[-2]).order_by("pk").first() if len(steps) > 1 else None
