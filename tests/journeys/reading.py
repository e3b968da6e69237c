"""A reader, with scripts or without, and what they are told: by the pages, by the API, by the sitemap."""

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.journeys.serving import Portal


class Reader:
    def __init__(self, page: Page, portal: Portal) -> None:
        self.page, self.portal = page, portal

    def go_to(self, path: str) -> None:
        self.page.goto(f"{self.portal.address}{path}")

    def search(self, words: str, language: str = "en") -> Locator:
        """Typed into the box of the front page; out: the titles found."""
        self.go_to(f"/{language}/")
        box = self.page.locator("main input[name=q]")
        box.fill(words)
        box.press("Enter")
        expect(self.page.locator("#q")).to_have_value(words)
        return self.page.locator("#results article h3")

    def figures(self) -> list[str]:
        """All counts of the front page: above, on the map, of themes and countries."""
        self.go_to("/en/")
        return self.page.locator(".stat b, .map text, .bars td:last-child").all_inner_texts()

    def status_of(self, path: str) -> int:
        return self.page.request.get(f"{self.portal.address}{path}").status

    def asked_by_machine(self, words: str, language: str = "en") -> tuple[list[str], list[str]]:
        """Titles that the API finds, and what it suggests."""
        query = urlencode({"q": words, "lang": language})
        found = self.page.request.get(f"{self.portal.address}/api/v1/search?{query}").json()
        suggested = self.page.request.get(f"{self.portal.address}/api/v1/suggest?{query}").json()
        titles = [item["title"] for item in found["items"]]
        return titles, [entry["text"] for entry in suggested["suggestions"]]

    def sitemap(self) -> str:
        return self.page.request.get(f"{self.portal.address}/sitemap.xml").text()
