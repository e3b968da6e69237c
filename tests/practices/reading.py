"""Reading a page of a practice as a browser does."""

from datetime import date

from bs4 import BeautifulSoup
from django.core.cache import caches

SITE = "http://127.0.0.1:8000"
# All that a practice can say.
FULL = {
    "title": "Schools online",
    "countries": ["KZ", "EE"],
    "themes": ["digital-connectivity"],
    "sdgs": ["4"],
    "beneficiaries": ["youth"],
    "practice_type": "programme",
    "tags": ["fibre"],
    "scope": "national",
    "place": "Aktau",
    "latitude": "43.65",
    "longitude": "51.16",
    "start_year": 2020,
    "end_year": 2024,
    "objectives": "<p>All schools.</p>",
    "results": "<p>Most schools.</p>",
    "indicators": [
        (
            "indicator",
            {"name": "Schools connected", "baseline": "41", "value": "97", "unit": "%", "year": 2025},
        )
    ],
    "difficulties": "<p>The mast fell.</p>",
    "lessons": "<p>Anchor the mast.</p>",
    "evidence_level": "3",
    "cost_range": "1m-10m",
    "currency": "USD",
    "cost_note": "4 million in three years",
    "financing": "loan",
    "staff": "Twelve engineers",
    "legal_context": "<p>A law on masts.</p>",
    "technology_readiness": 9,
    "technology_licence": "open-source",
    "connectivity": "broadband",
    "transfer_rating": 4,
    "preconditions": "<p>Roads.</p>",
    "adaptation_advice": "<p>Begin with the school furthest away.</p>",
    "adopted_by": ["TJ"],
    "organisations": [
        ("lead", {"name": "Ministry of Connection"}),
        ("partner", {"name": "University of Aktau", "contribution": "Trains"}),
    ],
    "last_verified": date(2026, 2, 3),
    "reviewed_by": "SPECA secretariat",
}


def soup(client, path: str, status: int = 200) -> BeautifulSoup:
    caches["pages"].clear()
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def head_links(page: BeautifulSoup) -> tuple[str | None, dict[str, str]]:
    """The canonical address, and the alternates by language."""
    canonical = page.head.find("link", rel="canonical")
    alternates = {link["hreflang"]: link["href"] for link in page.head.find_all("link", hreflang=True)}
    return canonical and canonical["href"], alternates


def switch(page: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.find("nav", class_="languages").find_all("a")}


def empty_elements(page: BeautifulSoup) -> list[str]:
    """Elements that show nothing, and sections that have nothing but their heading."""
    shows = [
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "li",
        "dt",
        "dd",
        "ul",
        "ol",
        "dl",
        "div",
        "section",
        "figure",
        "figcaption",
        "a",
        "b",
        "span",
    ]
    empty = [
        str(element)
        for element in page.main.find_all(shows)
        if not element.get_text(strip=True)
        and not element.find(["svg", "img", "input"])
        and element.name != "datalist"
    ]
    for section in page.main.find_all("section"):
        heading = section.find(["h2", "h3"])
        if heading and section.get_text(strip=True) == heading.get_text(strip=True):
            empty.append(str(section))
    return empty
