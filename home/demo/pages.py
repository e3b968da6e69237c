"""The texts of the front page and the plain pages, in both languages."""

from html import escape
from typing import Any

from wagtail.models import Page, PageLogEntry

from core.language_codes import LANGUAGE_CODES
from home.demo.files import prose, read
from home.demo.publishing import publish
from home.models import HomePage, PlainPage


def load() -> None:
    """Fill the pages that are empty and that nobody has edited."""
    content = read("pages")
    for language in LANGUAGE_CODES:
        for home in _empty(HomePage, language).filter(headline="", intro=""):
            texts = content["home"]
            publish(home, headline=texts[f"title_{language}"], intro=texts[f"intro_{language}"])
        plain_pages = {page.slug: page for page in _empty(PlainPage, language) if not page.body}
        for row in content["pages"]:
            if page := plain_pages.get(row["slug"]):
                body = [("text", "".join(_section(section) for section in row[f"sections_{language}"]))]
                publish(page, search_description=row[f"description_{language}"], body=body)


def _empty(model: type[Page], language: str) -> Any:
    edited = PageLogEntry.objects.filter(user__isnull=False).values("page_id")
    return model.objects.filter(locale__language_code=language).exclude(pk__in=edited)


def _section(section: dict[str, Any]) -> str:
    heading = f"<h2>{escape(section['heading'], quote=False)}</h2>"
    return heading + prose("\n".join(section["paragraphs"])) + _links(section.get("links", []))


def _links(links: list[dict[str, str]]) -> str:
    items = (
        f'<li><a href="{escape(link["url"])}">{escape(link["label"], quote=False)}</a></li>' for link in links
    )
    return f"<ul>{''.join(items)}</ul>" if links else ""
