"""The sitemap: every public page in every language, each with its translations. URLs that answer with an original in
another language are not pages, so they are not in it.

`/sitemap.xml` is the list itself while it is short, else an index of parts. A part holds the pages of a range of ids, so that
it is found by the primary key, without counting, and keeps its pages when others come.
"""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.contrib.sitemaps.views import x_robots_tag
from django.db.models import F, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageQuerySet, Site

from core.alternates import absolute

# Ids in a part: with a translation for each it weighs less than a megabyte, which the page cache keeps.
PART_SIZE = 2_000
XML = "application/xml"


@require_safe
@x_robots_tag
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all parts; where there is one part only, that part."""
    parts = _parts()
    if len(parts) <= 1:
        return _render_urls(request, _public_pages())
    items = [
        {"location": absolute(reverse("sitemap_part", args=[number])), "last_mod": last_modified}
        for number, last_modified in parts.items()
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": items}, content_type=XML)


@require_safe
@x_robots_tag
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """The public pages whose ids are in the part of this number. Raises Http404 where there are none."""
    first = number * PART_SIZE
    pages = _public_pages().filter(pk__gte=first, pk__lt=first + PART_SIZE)
    if not pages.exists():
        raise Http404
    return _render_urls(request, pages)


def _public_pages() -> PageQuerySet:
    """The public pages in all languages, by id."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    below = Page.objects.none()
    for home in site.root_page.get_translations(inclusive=True):
        below = below | Page.objects.descendant_of(home, inclusive=True)
    return below.live().public().order_by("pk")


def _parts() -> dict[int, datetime | None]:
    """Each part that has pages, with the time of its last publication."""
    parts = _public_pages().annotate(part=F("pk") / PART_SIZE).order_by("part")
    return dict(parts.values_list("part").annotate(Max("last_published_at")))


def _render_urls(request: HttpRequest, pages: PageQuerySet) -> HttpResponse:
    shown = list(_with_url_fields(pages))
    translations: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    keys = {page.translation_key for page in shown}
    for page in _with_url_fields(_public_pages().filter(translation_key__in=keys)):
        translations[page.translation_key].append(
            {"lang_code": page.locale.language_code, "location": _url(page)}
        )
    urls: list[dict[str, object]] = [
        {
            "location": _url(page),
            "lastmod": page.last_published_at,
            "alternates": translations[page.translation_key]
            if len(translations[page.translation_key]) > 1
            else [],
        }
        for page in shown
    ]
    return render(request, "sitemap.xml", {"urlset": urls}, content_type=XML)


def _with_url_fields(pages: PageQuerySet) -> PageQuerySet:
    """With what a URL needs and no more."""
    fields = ("url_path", "translation_key", "last_published_at", "locale__language_code")
    return pages.select_related("locale").only(*fields)


def _url(page: Page) -> str:
    return absolute(page.get_url() or "")
