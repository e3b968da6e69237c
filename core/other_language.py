"""Redirect URLs of pages that do not exist in one language to the same page in another.

A page may have been deleted or unpublished in one language while old menus and links still point to it. All languages of a
page have the same slug, so its path below the front page is the same.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, Site

from core.language_codes import LANGUAGE_CODES


class OtherLanguageMiddleware:
    """Redirect a 404 to the same page in another language, if one is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        url = url_in_another_language(request)
        return redirect(url) if url else response  # not permanent: the page may come back


def url_in_another_language(request: HttpRequest) -> str | None:
    """Return the URL of the public page at the same path in another language, None if there is none."""
    language, *path = request.path.strip("/").split("/")
    site = Site.find_for_request(request)
    if language not in LANGUAGE_CODES or not path or not site:
        return None
    homes = Page.objects.filter(translation_key=site.root_page.translation_key).select_related("locale")
    homes_by_language = {
        home.locale.language_code: home for home in homes if home.locale.language_code != language
    }
    for code in (code for code, _name in settings.LANGUAGES if code in homes_by_language):
        page = (
            Page.objects.live()
            .filter(url_path=f"{homes_by_language[code].url_path}{'/'.join(path)}/")
            .first()
        )
        if page and (url := page.get_url(request)):
            return str(url)
    return None
