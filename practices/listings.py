"""What the pages above practices show. Figures come by template tags of insights."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

from core.breadcrumbs import breadcrumbs
from core.i18n import active_language
from core.paging import pagination

if TYPE_CHECKING:
    from practices.models import PracticesIndexPage, SectionPage

PER_PAGE = 12


def section_context(section: "SectionPage", number: str) -> dict[str, Any]:
    """A country's section has its figures by country. That of experts from elsewhere is no country: its own practices
    are listed, page by page; a number that is none gives the first page, one too high the last."""
    context: dict[str, Any] = {"breadcrumbs": breadcrumbs(section, active_language())}
    if section.country_id is None:
        page = Paginator(section.newest_keys(), PER_PAGE).get_page(number)
        context |= {
            "keys": list(page),
            "pagination": pagination(page.number, page.paginator.num_pages),
            "total": page.paginator.count,
        }
    return context


def index_context(index: "PracticesIndexPage") -> dict[str, Any]:
    """The sections: those of countries by name, then others with the number of their practices."""
    sections = list(index.sections())
    return {
        "breadcrumbs": breadcrumbs(index, active_language()),
        "sections": [section for section in sections if section.country_id],
        "elsewhere": [
            {"label": section.title, "url": section.get_url(), "count": section.newest_keys().count()}
            for section in sections
            if not section.country_id
        ],
    }
