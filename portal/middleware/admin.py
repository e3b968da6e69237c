"""Middleware of the admin: one transaction per unsafe request, and the admin's Content-Security-Policy."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from core.form_errors import latest_errors, with_named_errors
from core.local_drafts import RESTORE_FIELD, acknowledge, restoration

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class AdminTransactionMiddleware:
    """Wrap each unsafe request of the admin in a transaction, so that a change and its records are saved together.

    Reads are excluded, since on SQLite each would take the write lock, and views marked by Django's `non_atomic_requests`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response.headers.setdefault("Content-Security-Policy", admin_policy())
            acknowledge(request, response)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Sequence[object],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Call the view in a transaction. Not done in __call__, where exceptions of the view have become error pages."""
        # A private attribute of Django; there is no public one.
        non_atomic = getattr(view, "_non_atomic_requests", ())
        if request.method in SAFE or not request.path.startswith("/admin/") or "default" in non_atomic:
            return None
        with transaction.atomic():
            _lock_page(kwargs)
            if request.method == "POST" and RESTORE_FIELD in request.POST:
                with restoration(request):
                    response = _rendered(view(request, *args, **kwargs))
                transaction.set_rollback(True)
                return response
            latest_errors.set("")
            return with_named_errors(_rendered(view(request, *args, **kwargs)))


def _rendered(response: HttpResponse) -> HttpResponse:
    render = getattr(response, "render", None)
    return render() if callable(render) else response


def _lock_page(kwargs: dict[str, object]) -> None:
    """Lock the page's row, so that a concurrent request waits and then sees this request's changes."""
    if key := kwargs.get("page_id"):
        Page.objects.filter(pk=key).select_for_update().values_list("pk").first()


def admin_policy() -> str:
    """Return the Content-Security-Policy of the admin, whose pages contain inline scripts and styles."""
    return "; ".join(
        f"{name} {' '.join(values)}" for name, values in settings.ADMIN_CONTENT_SECURITY_POLICY.items()
    )
