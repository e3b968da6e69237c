"""Lists of practices on the pages above them. Figures come by template tags of insights."""

from django.core.paginator import Paginator

from core.paging import pagination
from practices.querysets import PracticeQuerySet

PER_PAGE = 12


def one_page_of(keys: PracticeQuerySet, number: str) -> dict[str, object]:
    """Return the context of one page of a list: keys of practices, links to the other pages, total.

    Invalid page numbers give the first page, those too high the last.
    """
    page = Paginator(keys, PER_PAGE).get_page(number)
    return {
        "keys": list(page),
        "pagination": pagination(page.number, page.paginator.num_pages),
        "total": page.paginator.count,
    }
