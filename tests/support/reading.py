"""What a person reads on a page, and its elements."""

from typing import Any

from bs4 import BeautifulSoup
from django.core.cache import caches
from django.test import Client


def text_of(response: Any) -> str:
    """Return the text of an HTML response, white space folded as a browser does."""
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text().split())


def page_of(client: Client, path: str) -> BeautifulSoup:
    """Return the page as it is made now, and not as it was kept."""
    caches["pages"].clear()
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")
