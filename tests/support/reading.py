"""What a person reads on a page."""

from typing import Any

from bs4 import BeautifulSoup


def text_of(response: Any) -> str:
    """Return the text of an HTML response, white space folded as a browser does."""
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text().split())
