"""The sitemap: every public page in every language, each with its translations. URLs that serve an original in another
language are left out.

`/sitemap.xml` is the list itself while it is short, else an index of parts. A part holds the pages of a range of ids, so it
is selected by primary key, without counting, and keeps its pages when others are added.
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

# Ids per part: with a translation each, a part is below one megabyte, so that the page cache stores it.
PART_SIZE = 2_000
XML = "application/xml"


@require_safe
@x_robots_tag
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return the index of all parts, or the list itself if there is only one part."""
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
    """Return part `number` of the sitemap. Raises Http404 if it has no pages."""
    first_id = number * PART_SIZE
    pages = _public_pages().filter(pk__gte=first_id, pk__lt=first_id + PART_SIZE)
    if not pages.exists():
        raise Http404
    return _render_urls(request, pages)


def _public_pages() -> PageQuerySet:
    """Return the public pages in all languages, by id."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    below = Page.objects.none()
    for home in site.root_page.get_translations(inclusive=True):
        below = below | Page.objects.descendant_of(home, inclusive=True)
    return below.live().public().order_by("pk")


def _parts() -> dict[int, datetime | None]:
    """Return {part number: time of its last publication} for the parts that have pages."""
    parts = _public_pages().annotate(part=F("pk") / PART_SIZE).order_by("part")
    return dict(parts.values_list("part").annotate(Max("last_published_at")))


def _render_urls(request: HttpRequest, pages: PageQuerySet) -> HttpResponse:
    page_list = list(_with_url_fields(pages))
    translations: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    keys = {page.translation_key for page in page_list}
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
        for page in page_list
    ]
    return render(request, "sitemap.xml", {"urlset": urls}, content_type=XML)


def _with_url_fields(pages: PageQuerySet) -> PageQuerySet:
    """Load only the fields that URLs need."""
    fields = ("url_path", "translation_key", "last_published_at", "locale__language_code")
    return pages.select_related("locale").only(*fields)


def _url(page: Page) -> str:
    return absolute(page.get_url() or "")
