"""Links to the pages of a list."""

from typing import Any

from django.core.paginator import Page


def pagination(page: Page) -> dict[str, Any]:
    """What components/pagination.html takes; a gap is a link without a number."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "links": [
            {"number": number, "url": f"?page={number}", "current": number == page.number}
            if isinstance(number, int)
            else {"number": None}
            for number in numbers
        ],
        "previous_url": f"?page={page.number - 1}" if page.has_previous() else None,
        "next_url": f"?page={page.number + 1}" if page.has_next() else None,
    }
