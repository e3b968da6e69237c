"""The sitemap: every public page in every language, each with its translations. Addresses that answer with an original
in another language are not pages, so they are not in it."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap, views
from wagtail.models import Page, PageQuerySet

from core.alternates import absolute


class PortalSitemap(Sitemap):
    limit = 10_000

    def items(self) -> PageQuerySet:
        homes = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        below = Page.objects.none()
        for home in homes:
            below = below | Page.objects.descendant_of(home, inclusive=True)
        return below.live().public().select_related("locale").order_by("path")

    def _urls(self, page: Any, protocol: str, domain: str) -> list[dict[str, Any]]:
        shown = list(self.paginator.page(page).object_list)
        languages: dict[Any, list[dict[str, str]]] = defaultdict(list)
        keys = {item.translation_key for item in shown}
        for item in self.items().filter(translation_key__in=keys):
            languages[item.translation_key].append(
                {"lang_code": item.locale.language_code, "location": address(item)}
            )
        return [
            {
                "location": address(item),
                "lastmod": self.lastmod(item),
                "alternates": languages[item.translation_key]
                if len(languages[item.translation_key]) > 1
                else [],
            }
            for item in shown
        ]


def address(page: Page) -> str:
    return absolute(page.get_url() or "")


def sitemap(request: HttpRequest) -> HttpResponse:
    return views.sitemap(request, {"pages": PortalSitemap})
