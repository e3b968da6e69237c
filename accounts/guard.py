"""The guard at the door of the admin: an address or a form that names a page or a file is for those who may see it.

Wagtail's views check what may be done, but not all of them what may be seen (docs/decisions/guard-of-the-admin.md). So what
an address names is looked up here, before any view, by the name of its parameter; a new address of Wagtail or of an app
is guarded by naming its parameter as the others do (tests/accounts/test_addresses.py lists them all).
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

from accounts.forged import refuse_forged
from accounts.ids import parse_ids
from accounts.permissions import explores_every_page, may_explore, may_link_to, may_use_file, may_work_on
from core.privacy import may_set_for_all

Rule = Callable[[Any, Any], bool]
Named = tuple[type[Model], int, Rule]

# What a parameter of an address names, and what its visitor must be allowed.
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
# Where a parent page is only looked into or listed.
RULES_OF_ADDRESSES: dict[str, Rule] = {
    "wagtailadmin_explore": may_explore,
    "wagtailadmin_explore_results": may_explore,
    "wagtailadmin_choose_page_child": may_link_to,
}
# Its page is the first, nameless parameter.
COMPARE = "wagtailadmin_pages:revisions_compare"
# Pages chosen in a query string or in a form: none may be named that the choosers do not offer.
CHOSEN_IN_QUERY = {"wagtailadmin_choose_page_chosen_multiple": "id"}
TARGETS_IN_QUERY = "target_pages[]"
# Whose views look up each `id` of their query as it comes.
TAKE_IDS = (":chosen_multiple", "wagtail_bulk_action")
EVERY_ONE = "all"
CHOSEN = ":chosen"
# Views that look up one parameter of their query as it comes.
TAKE_ID = {"wagtailadmin_api:pages:find": "id", "wagtailadmin_reports:site_history": "user",
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
# And lets anybody make a new step of a review here.
STEPS_OF_REVIEWS = "wagtailadmin_workflows:task_cho"
# What is set for one page follows in its other languages.
SET_PRIVACY = "wagtailadmin_pages:set_privacy"


class AdminGuardMiddleware:
    """Stands before AdminTransactionMiddleware, which calls the view itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Sequence[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """The admin's own refusal, or None to go on. Who is not signed in is left to the view, which asks to sign in."""
        if not request.path.startswith("/admin/") or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        # Wagtail does so in its views alone; a refusal is to be in the person's language too, whatever the browser's is.
        translation.activate(UserProfile.get_for_user(request.user).get_preferred_language())
        name = request.resolver_match.view_name if request.resolver_match else ""
        _refuse_what_is_no_id(request, name, kwargs)
        refuse_forged(request, name, kwargs)
        # By address, for practices.localize wraps some of these without their names.
        if request.path in map(reverse, REPORTS_ON_ALL_PAGES) and not explores_every_page(request.user):
            return permission_denied(request)
        if name.startswith(STEPS_OF_REVIEWS) and not request.user.has_perm("wagtailcore.change_workflow"):
            return permission_denied(request)
        for model, key, rule in _named_by(request, name, args, kwargs):
            found = model._default_manager.filter(pk=key).first()
            if found and not rule(request.user, found):
                # A reviewer lands here after each decision, as Wagtail returns to the list above the page.
                return redirect("wagtailadmin_home") if rule is may_explore else permission_denied(request)
        if name == SET_PRIVACY and request.method == "POST":
            page = Page.objects.filter(pk=kwargs["page_id"]).first()
            return permission_denied(request) if page and not may_set_for_all(request.user, page) else None
        return None


def _refuse_what_is_no_id(request: HttpRequest, name: str, kwargs: dict[str, object]) -> None:
    """Raise Http404 for ids that Wagtail's views would look up as they come and fail on."""
    parse_ids(value for value in kwargs.values() if isinstance(value, int))
    if name.endswith(CHOSEN):
        parse_ids([kwargs["pk"]])
    if name.endswith(TAKE_IDS):
        parse_ids(value for value in request.GET.getlist("id") if value != EVERY_ONE)
    if name in TAKE_ID:
        parse_ids(request.GET.getlist(TAKE_ID[name]))


def _named_by(
    request: HttpRequest, name: str, args: Sequence[object], kwargs: dict[str, object]
) -> Iterator[Named]:
    """What the address, its query and the form name: (model, key, rule). Raises Http404 where they name it by no id."""
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
