"""The admin's own rules: a change is saved whole, and its pages have a policy of their own."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from core.form_errors import latest_errors, with_named_errors
from core.local_drafts import RESTORE_FIELD, acknowledge, restoration

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class AdminTransactionMiddleware:
    """Wraps the admin's unsafe requests in one transaction: a move, a deletion or a translation and its records
    are saved together or not at all. Reads are left alone: on SQLite each would take the write lock. So is a view that
    Django's `non_atomic_requests` marks."""

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
        """Here and not in __call__: an exception in the view must reach the transaction before it becomes a page."""
        marked = getattr(view, "_non_atomic_requests", ())  # Django's own name for it; there is no public one
        if request.method in SAFE or not request.path.startswith("/admin/") or "default" in marked:
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
    """Of two who act on a page at the same time, the second waits and then sees what the first did."""
    if key := kwargs.get("page_id"):
        Page.objects.filter(pk=key).select_for_update().values_list("pk").first()


def admin_policy() -> str:
    """The Content-Security-Policy of the admin, whose pages carry scripts and styles inside."""
    return "; ".join(
        f"{name} {' '.join(values)}" for name, values in settings.ADMIN_CONTENT_SECURITY_POLICY.items()
    )
