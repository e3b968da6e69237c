"""Secret review links: created and deleted by those who may edit the page, valid for everybody who has the link."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from accounts.permissions import may_work_on
from core.pictures.storage import signed_urls
from practices.models import PracticePage, ReviewLink

KEPT_SECRET = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


@require_safe
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Show the latest draft as a reader would see it, under a banner; 404 with an explanation once the link has expired."""
    link = ReviewLink.objects.valid().select_related("page", "created_by").filter(token=token).first()
    # Nobody reads more by a link than the person who made it could read now.
    if link and link.created_by and may_work_on(link.created_by, link.page):
        request.is_preview = True  # type: ignore[attr-defined]
        draft = link.page.get_latest_revision_as_object()
        response = draft.serve_preview(request, draft.default_preview_mode)
        response.template_name = "pages/practice_draft.html"
        response.context_data["expires"] = link.expires
        with signed_urls():
            response.render()
    else:
        response = render(request, "pages/review_link_over.html", status=404)
    for header, value in KEPT_SECRET.items():
        response[header] = value
    patch_cache_control(response, no_store=True, private=True)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, page_id: int) -> HttpResponse:
    """List the links of a page; POST creates one more."""
    page = _editable(request, page_id)
    if request.method == "POST":
        user: Any = request.user
        ReviewLink.objects.create(page=page, created_by=user)
        messages.success(
            request,
            _(
                "The link is ready. Anyone who has it can read the draft until the review is over, or for 30 days."
            ),
        )
        return redirect("practices_admin:review_links", page.pk)
    links: list[dict[str, object]] = [
        {"link": link, "url": request.build_absolute_uri(link.get_absolute_url())}
        for link in page.review_links.valid().select_related("created_by", "page__locale")
    ]
    return render(request, "practices/admin/review_links.html", {"page": page, "links": links})


@require_POST
def withdraw(request: HttpRequest, page_id: int, link_id: int) -> HttpResponse:
    page = _editable(request, page_id)
    get_object_or_404(page.review_links, pk=link_id).delete()
    messages.success(request, _("The link no longer opens."))
    return redirect("practices_admin:review_links", page.pk)


def _editable(request: HttpRequest, page_id: int) -> PracticePage:
    page: PracticePage = get_object_or_404(PracticePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


admin_urls = [
    path("<int:page_id>/review-links/", manage, name="review_links"),
    path("<int:page_id>/review-links/<int:link_id>/withdraw/", withdraw, name="withdraw_review_link"),
]
