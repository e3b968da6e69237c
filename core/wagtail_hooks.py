"""Hooks of core: local drafts, details of a chosen picture, and confirmation before a page with translations is deleted,
unpublished or moved."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.images import get_image_model
from wagtail.models import Page

from core import local_drafts
from core.copying import may_add_pages
from core.languages import check_move
from core.models import PictureCredit
from core.removal import ALL, CHOICE, DELETE, ONE, UNPUBLISH, affected, finish, may_remove_all, note_choice

BEFORE_EMAILS = -1  # before the hooks of accounts, which e-mail authors about all languages


@require_safe
def picture_details(request: HttpRequest, image_id: int) -> JsonResponse:
    """Return alt text and credit for static/js/picture_details.js. accounts.guard has checked the permission."""
    image = get_object_or_404(get_image_model(), pk=image_id)
    return JsonResponse({"alt": image.description, "credit": PictureCredit.objects.of(image)})


@hooks.register("register_admin_urls")
def picture_urls() -> list[URLPattern]:
    return [path("images/<int:image_id>/details/", picture_details, name="picture_details")]


@hooks.register("insert_editor_js")
def fill_picture_details() -> SafeString:
    address = reverse("picture_details", args=[0])
    return format_html(
        '<script src="{}" data-address="{}" data-filled="{}" data-other="{}" defer></script>',
        static("js/picture_details.js"),
        address,
        _("Taken from the picture: readers will see this credit. Correct it if it is wrong."),
        _("The picture itself is credited to: {credit}"),
    )


@hooks.register("register_admin_urls")
def local_drafts_url() -> list[URLPattern]:
    return [path("local-drafts/session/", local_drafts.session, name="local_drafts_session")]


@hooks.register("before_delete_page")
def ask_before_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _ask(request, page, DELETE)


@hooks.register("before_unpublish_page")
def ask_before_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _ask(request, page, UNPUBLISH)


def _ask(request: HttpRequest, page: Page, action: str) -> HttpResponse | None:
    """Redirect back if the user has not chosen the languages, or may not remove all of them."""
    if request.method != "POST":
        return None
    choice = request.POST.get(CHOICE)
    chosen = choice == ONE or (choice == ALL and may_remove_all(request.user, page, action))
    if affected(page, action) and not chosen:
        messages.error(
            request, _("Nothing was done. Choose whether the page in the other language goes too.")
        )
        return redirect(request.get_full_path())
    note_choice(request, page, action)
    return None


@hooks.register("after_delete_page", order=BEFORE_EMAILS)
def delete_in_the_languages_chosen(request: HttpRequest, page: Page) -> None:
    finish(request, DELETE)


@hooks.register("after_unpublish_page", order=BEFORE_EMAILS)
def unpublish_in_the_languages_chosen(request: HttpRequest, page: Page) -> None:
    finish(request, UNPUBLISH)


@hooks.register("before_copy_page")
def require_add_permission_to_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse copying to users who may add pages nowhere; Wagtail offers it and then refuses every destination."""
    if may_add_pages(request.user):
        return None
    message = _(
        "You may change pages, but not add any, so you cannot copy “%(title)s”. Ask the secretariat to copy it for you."
    )
    title = page.specific_deferred.get_admin_display_title()
    messages.error(request, message % {"title": title})
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_move_page")
def check_move_of_translations(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    try:
        check_move(request.user, page, destination)
    except PermissionDenied:
        message = _(
            "The page has a page in another language, which would move along, and you may not move that one there, or"
            " its place is taken."
        )
        messages.error(request, message)
        return redirect("wagtailadmin_pages:move", page.pk)
    return None
