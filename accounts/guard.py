"""Middleware that refuses admin URLs and forms that refer to pages or files which the user may not see.

Wagtail's views check what a user may do, but not all of them check what a user may see
(docs/decisions/guard-of-the-admin.md). So the object is looked up here, before any view, by the name of the URL parameter.
A new URL is guarded by using one of these parameter names (tests/accounts/test_addresses.py lists all URLs).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.users.models import UserProfile

from accounts.forged import reject_forged_request
from accounts.ids import parse_ids
from accounts.permissions import explores_every_page, may_explore, may_link_to, may_use_file, may_work_on
from core.privacy import may_set_for_all

Rule = Callable[[Any, Any], bool]
GuardedObject = tuple[type[Model], int, Rule]

# URL parameter: the model that it refers to and the rule that the user must pass.
PARAMETERS: dict[str, tuple[type[Model], Rule]] = {
    "page_id": (Page, may_work_on),
    "page_pk": (Page, may_work_on),
    "page_to_move_id": (Page, may_work_on),
    "parent_page_id": (Page, may_work_on),
    "destination_id": (Page, may_link_to),
    "image_id": (get_image_model(), may_use_file),
    "document_id": (get_document_model(), may_use_file),
    "doc_id": (get_document_model(), may_use_file),
}
# Views that only list a parent page.
RULES_OF_ADDRESSES: dict[str, Rule] = {
    "wagtailadmin_explore": may_explore,
    "wagtailadmin_explore_results": may_explore,
    "wagtailadmin_choose_page_child": may_link_to,
}
# Its page id is the first positional parameter.
COMPARE = "wagtailadmin_pages:revisions_compare"
# Pages chosen in a query string or a form: only pages that the choosers offer are allowed.
CHOSEN_IN_QUERY = {"wagtailadmin_choose_page_chosen_multiple": "id"}
TARGETS_IN_QUERY = "target_pages[]"
# Suffixes of views that look up each `id` of their query without validation.
VIEWS_WITH_ID_LIST = (":chosen_multiple", "wagtail_bulk_action")
EVERY_ONE = "all"
CHOSEN_VIEW = ":chosen"
# Views that look up one query parameter without validation.
VIEWS_WITH_ID_PARAMETER = {"wagtailadmin_api:pages:find": "id", "wagtailadmin_reports:site_history": "user",
           "wagtailadmin_reports:site_history_results": "user"}  # fmt: skip
CHOSEN_IN_FORM = ("new_parent_page", "parent_page", "chooser")
FORMS_ABOUT_PAGES = ("wagtailadmin_pages:", "wagtail_bulk_action")
# Wagtail shows these to everybody with any page permission, with pages of all sections in them.
REPORTS_ON_ALL_PAGES = (
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
)
# Wagtail lets every admin user create workflow tasks here.
STEPS_OF_REVIEWS = "wagtailadmin_workflows:task_cho"
# Privacy that is set for one page is copied to its translations.
SET_PRIVACY = "wagtailadmin_pages:set_privacy"


class AdminGuardMiddleware:
    """Check permissions before the view; runs before AdminTransactionMiddleware, which calls the view itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Sequence[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Return Wagtail's "permission denied" response, or None. Anonymous users are left to the view, which redirects them."""
        if not request.path.startswith("/admin/") or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        # Wagtail activates the user's language only in its views; the refusal must be in that language too.
        translation.activate(UserProfile.get_for_user(request.user).get_preferred_language())
        name = request.resolver_match.view_name if request.resolver_match else ""
        _reject_invalid_ids(request, name, kwargs)
        reject_forged_request(request, name, kwargs)
        # Compared by path, since practices.localize wraps some of these views without their names.
        if request.path in map(reverse, REPORTS_ON_ALL_PAGES) and not explores_every_page(request.user):
            return permission_denied(request)
        if name.startswith(STEPS_OF_REVIEWS) and not request.user.has_perm("wagtailcore.change_workflow"):
            return permission_denied(request)
        for model, key, rule in _requested_objects(request, name, args, kwargs):
            instance = model._default_manager.filter(pk=key).first()
            if instance and not rule(request.user, instance):
                # Wagtail redirects a reviewer to the parent page's list after each decision.
                return redirect("wagtailadmin_home") if rule is may_explore else permission_denied(request)
        if name == SET_PRIVACY and request.method == "POST":
            page = Page.objects.filter(pk=kwargs["page_id"]).first()
            return permission_denied(request) if page and not may_set_for_all(request.user, page) else None
        return None


def _reject_invalid_ids(request: HttpRequest, name: str, kwargs: dict[str, object]) -> None:
    """Raise Http404 for invalid ids, on which Wagtail's views would fail."""
    parse_ids(value for value in kwargs.values() if isinstance(value, int))
    if name.endswith(CHOSEN_VIEW):
        parse_ids([kwargs["pk"]])
    if name.endswith(VIEWS_WITH_ID_LIST):
        parse_ids(value for value in request.GET.getlist("id") if value != EVERY_ONE)
    if name in VIEWS_WITH_ID_PARAMETER:
        parse_ids(request.GET.getlist(VIEWS_WITH_ID_PARAMETER[name]))


def _requested_objects(
    request: HttpRequest, name: str, args: Sequence[object], kwargs: dict[str, object]
) -> Iterator[GuardedObject]:
    """Yield (model, key, rule) for each object in the path, query and form. Raises Http404 for invalid ids."""
    for parameter, (model, rule) in PARAMETERS.items():
        if parameter in kwargs:
            for key in parse_ids([kwargs[parameter]]):
                yield model, key, RULES_OF_ADDRESSES.get(name, rule)
    if name == COMPARE and args:
        yield from ((Page, key, may_work_on) for key in parse_ids(args[:1]))
    chosen = request.GET.getlist(TARGETS_IN_QUERY) + request.GET.getlist(CHOSEN_IN_QUERY.get(name, ""))
    if request.method == "POST" and name.startswith(FORMS_ABOUT_PAGES):
        chosen += [value for field in CHOSEN_IN_FORM for value in request.POST.getlist(field)]
    yield from ((Page, key, may_link_to) for key in parse_ids(chosen))
