"""What a person sees on the practices desk."""

from django.urls import reverse

DESK = "practices_desk:index"


def table(client, query: str = ""):
    response = client.get(f"{reverse(DESK)}?{query}")
    assert response.status_code == 200
    return response.context["table"].data


def listed(client, query: str = "") -> list[str]:
    """The titles for this query string, in their order."""
    return [row.title for row in table(client, query)]


def row_of(client, title: str):
    return next(row for row in table(client) if row.title == title)
