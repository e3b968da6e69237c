"""Addresses of pages that are not there in their language: they lead to the page in the other one.

A page may have been deleted or unpublished in one language, with the pages below it, and menus and links of before name it all
the same. All languages of a page have one slug, so its path below the front page is the same.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, Site

from core.language_codes import LANGUAGE_CODES


class OtherLanguageMiddleware:
    """For what nothing else has an answer to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        url = url_in_another_language(request)
        return redirect(url) if url else response  # not for ever: the page may come back


def url_in_another_language(request: HttpRequest) -> str | None:
    """Return the URL of the public page at the same path of another language, None where there is none."""
    language, *path = request.path.strip("/").split("/")
    site = Site.find_for_request(request)
    if language not in LANGUAGE_CODES or not path or not site:
        return None
    homes = Page.objects.filter(translation_key=site.root_page.translation_key).select_related("locale")
    others = {home.locale.language_code: home for home in homes if home.locale.language_code != language}
    for code in (code for code, _name in settings.LANGUAGES if code in others):
        page = Page.objects.live().filter(url_path=f"{others[code].url_path}{'/'.join(path)}/").first()
        if page and (url := page.get_url(request)):
            return str(url)
    return None
