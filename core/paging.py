"""Links to the pages of a list."""

from collections.abc import Callable
from typing import NotRequired, TypedDict

from django.core.paginator import Paginator


class PageLink(TypedDict):
    """A page of a list; without a URL it is a gap."""

    number: int | None
    url: NotRequired[str]
    current: NotRequired[bool]


class Pagination(TypedDict):
    """The context of components/pagination.html."""

    page: int
    pages: int
    links: list[PageLink]
    previous_url: str | None
    next_url: str | None


def pagination(number: int, pages: int, url: Callable[[int], str] = "?page={}".format) -> Pagination:
    """Return the context of components/pagination.html for page `number` of `pages`; a gap is a link without a number.

    `url` gives the URL of a page. A number beyond the last page leads back to the last.
    """
    paginator = Paginator(range(pages), 1)
    return {
        "page": number,
        "pages": pages,
        "links": [
            {"number": near, "url": url(near), "current": near == number}
            if isinstance(near, int)
            else {"number": None}
            for near in paginator.get_elided_page_range(min(number, pages), on_each_side=2, on_ends=1)
        ]
        if pages
        else [],
        "previous_url": url(min(number - 1, pages)) if number > 1 else None,
        "next_url": url(number + 1) if number < pages else None,
    }
