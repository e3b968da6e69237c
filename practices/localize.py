"""Guards for wagtail-localize's views: they require permission to edit the page in both trees.

wagtail-localize checks only its own permission, which applies to all pages. Its edit view replaces Wagtail's by a hook, so a
hook of ours runs before it; its other views are wrapped and registered first under the same URLs.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import URLPattern
from wagtail import hooks
from wagtail.models import Locale, Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource
from wagtail_localize.wagtail_hooks import page_listing_more_buttons
from wagtail_localize.wagtail_hooks import register_admin_urls as localize_urls

from core.copying import may_be_alias
from core.users import AnyUser

View = Callable[..., HttpResponse]
# No page is named there: its words, and lists that the admin's guard keeps (accounts.guard).
OPEN = {"javascript_catalog", "translations_report", "translations_report_results"}
CONVERT_TO_ALIAS = "localize-convert-to-alias"
RESTARTS = ("localize-restart-translation", CONVERT_TO_ALIAS)


def remove_tree_synchronisation() -> None:
    """Remove tree synchronisation, which creates aliases of untranslated pages that search does not know."""
    components = [entry for entry in LOCALE_COMPONENTS if entry["model"] is not LocaleSynchronization]
    LOCALE_COMPONENTS[:] = components


def replace_translation_buttons() -> None:
    """Show wagtail-localize's buttons only to users who may translate the page, not to all who may translate any page."""
    for name in ("register_page_header_buttons", "register_page_listing_more_buttons"):
        hooks._hooks[name].remove((page_listing_more_buttons, 0))
        hooks.register(name, _translation_buttons)


def _translation_buttons(
    page: Page, user: AnyUser, view_name: str | None = None, next_url: str | None = None
) -> Iterator[object]:
    if not page.is_root() and may_translate(user, page.specific):
        yield from page_listing_more_buttons(page, user, view_name, next_url)


def may_translate(user: AnyUser, page: Page) -> bool:
    """Return whether `user` may edit `page` and, in each other language, edit its translation or add one."""
    return all(_may_write(user, page, locale) for locale in Locale.objects.all())


def _may_write(user: AnyUser, page: Page, locale: Locale) -> bool:
    existing = page if page.locale_id == locale.pk else page.get_translation_or_none(locale)
    if existing:
        return bool(existing.permissions_for_user(user).can_edit())
    section = page.get_parent().get_translation_or_none(locale)
    return bool(section and section.specific.permissions_for_user(user).can_add_subpage())


def is_translated_by_segments(page: Page) -> bool:
    """Return whether the page is edited in wagtail-localize's own editor."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).exists()


def check_edit(request: HttpRequest, page: Page) -> None:
    """Check the permission to translate before a page is edited. Raises PermissionDenied."""
    restarts = request.method == "POST" and [name for name in RESTARTS if name in request.POST]
    if (restarts or is_translated_by_segments(page)) and not may_translate(request.user, page):
        raise PermissionDenied


def guarded_urls() -> list[URLPattern]:
    """Return all URLs of wagtail-localize with guarded views. They have no names, so that its own names still resolve."""
    (resolver,) = localize_urls()
    return [
        URLPattern(entry.pattern, _guarded(entry.callback, entry.name)) for entry in resolver.url_patterns
    ]


def _guarded(view: View, name: str) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if name not in OPEN and not _allowed(request.user, name, kwargs):
            raise PermissionDenied
        if _holds_nul(request):
            return HttpResponseBadRequest()
        try:
            response = view(request, *args, **kwargs)
            if name == "update_translations" and request.method == "POST":
                _copy_facts_to_translations(kwargs)
            return response
        except ObjectDoesNotExist:  # a translation without its page
            raise Http404 from None
        except KeyError:  # a form or file without the part that the view takes for granted
            return HttpResponseBadRequest()

    return guarded


def _allowed(user: AnyUser, name: str, kwargs: dict[str, object]) -> bool:
    """Return whether access is allowed. A view without a page or model is refused, so that new views are closed by default."""
    if "model_name" in kwargs:
        return _may_change_snippets(user, kwargs)
    page = _page_of(kwargs)
    # A practice that is not translated has no page in the other language, nor an alias of one.
    if name == "convert_to_alias" and page and not may_be_alias(page.specific_class):
        return False
    return page is not None and may_translate(user, page)


def _copy_facts_to_translations(kwargs: dict[str, object]) -> None:
    """Copy the facts to the translations, as that view's message says; the view itself only updates texts."""
    page = _page_of(kwargs)
    if page and page.live:
        page.save(clean=False)


def _page_of(kwargs: dict[str, object]) -> Page | None:
    """Return the page named by the URL, in any of its languages. Raises Http404."""
    try:
        if "page_id" in kwargs:
            return Page.objects.get(pk=kwargs["page_id"]).specific
        if "translation_source_id" in kwargs:
            instance = TranslationSource.objects.get(pk=kwargs["translation_source_id"]).get_source_instance()
        elif "translation_id" in kwargs:
            instance = Translation.objects.get(pk=kwargs["translation_id"]).get_target_instance()
        else:
            return None
    except ObjectDoesNotExist:
        raise Http404 from None
    return instance if isinstance(instance, Page) else None


def _may_change_snippets(user: AnyUser, kwargs: dict[str, Any]) -> bool:
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        raise Http404 from None
    return bool(user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"))


def _holds_nul(request: HttpRequest) -> bool:
    """PostgreSQL stores no NUL, and these views pass on what they are sent."""
    posted = any("\0" in value for values in request.POST.lists() for value in values[1])
    return posted or any(b"\0" in chunk for file in request.FILES.values() for chunk in _rewound(file))


def _rewound(file: Any) -> list[bytes]:
    chunks = list(file.chunks())
    file.seek(0)
    return chunks
