"""The editor's guide as an admin page, rendered from `docs/editors-guide.<language>.md`."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.i18n import active_language
from core.language_codes import LANGUAGE_CODES

DOCS = Path(settings.BASE_DIR) / "docs"
OTHER_GUIDE = re.compile(r"editors-guide\.(\w+)\.md(#.*)?")
IMAGE = re.compile(r"[\w-]+\.png")
Sections = list[tuple[str, str]]


@require_safe
def guide(request: HttpRequest, language: str = "") -> HttpResponse:
    """Show the guide in the language of the URL, by default in the editor's."""
    language = language or active_language()
    if language not in LANGUAGE_CODES:
        raise Http404
    title, sections, text = rendered(language)
    context = {"title": title, "sections": sections, "text": text, "language": language}
    return render(request, "home/admin/guide.html", context)


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a picture of the guide."""
    file = DOCS / "images" / name
    if not IMAGE.fullmatch(name) or not file.is_file():
        raise Http404
    return HttpResponse(file.read_bytes(), content_type="image/png")


@cache
def rendered(language: str) -> tuple[str, Sections, SafeString]:
    """Return (title, [(anchor, heading) of each section], HTML of the rest). The text is ours, so its HTML is safe."""
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse((DOCS / f"editors-guide.{language}.md").read_text(encoding="utf-8"))
    title, sections = "", []
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        if opening.tag == "h1":
            title = inline.content
            continue
        anchor = slugify(inline.content, allow_unicode=True)
        opening.attrSet("id", anchor)
        if opening.tag == "h2":
            sections.append((anchor, inline.content))
    for token in tokens:
        for child in token.children or []:
            _point_into_admin(child)
    html = parser.renderer.render(
        tokens[3:], parser.options, {}
    )  # less the title, which the page's header has
    return title, sections, mark_safe(html)


def _point_into_admin(token: Token) -> None:
    """Rewrite relative links and pictures, which refer to files of the repository."""
    source = str(token.attrGet("src") or "")
    if token.type == "image" and source.startswith("images/"):
        token.attrSet("src", reverse("editors_guide_image", args=[source.removeprefix("images/")]))
    if token.type == "link_open" and (other := OTHER_GUIDE.fullmatch(str(token.attrGet("href") or ""))):
        token.attrSet("href", reverse("editors_guide", args=[other[1]]) + (other[2] or ""))


guide_urls: list[Any] = [
    path("guide/", guide, name="editors_guide"),
    path("guide/images/<str:name>", image, name="editors_guide_image"),
    path("guide/<str:language>/", guide, name="editors_guide"),
]
