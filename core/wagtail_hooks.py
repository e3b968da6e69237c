"""What core adds to Wagtail's admin: drafts kept in the browser, and what a chosen picture says of itself."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.images import get_image_model

from core import local_drafts
from core.models import PictureCredit


@require_safe
def picture_details(request: HttpRequest, image_id: int) -> JsonResponse:
    """For static/js/picture_details.js. Who may not use the image is stopped before (accounts.guard)."""
    image = get_object_or_404(get_image_model(), pk=image_id)
    return JsonResponse({"alt": image.description, "credit": PictureCredit.objects.of(image)})


@hooks.register("register_admin_urls")
def picture_urls() -> list[URLPattern]:
    return [path("images/<int:image_id>/details/", picture_details, name="picture_details")]


@hooks.register("insert_editor_js")
def fill_picture_details() -> SafeString:
    address = reverse("picture_details", args=[0])
    return format_html(
        '<script src="{}" data-address="{}" defer></script>', static("js/picture_details.js"), address
    )


@hooks.register("register_admin_urls")
def local_drafts_url() -> list[URLPattern]:
    return [path("local-drafts/session/", local_drafts.session, name="local_drafts_session")]
