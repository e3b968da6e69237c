"""Reject requests that no admin page sends and on which Wagtail's views would fail.

tests/accounts/test_forged.py requests every URL with missing and invalid values, so it finds new cases after an upgrade too.
"""

from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import Http404, HttpRequest
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page

from accounts.ids import parse_id

# Raises an exception on purpose, for Wagtail's developers.
FAILS_ON_PURPOSE = "wagtailadmin_error_test"
# Form fields that a view reads without checking that they are present.
FIELDS = {
    "wagtailadmin_choose_page_external_link": ("external-link-chooser-url",),
    "wagtailadmin_pages:copy": ("new_parent_page",),
    "wagtailredirects:process_import": ("import_file_name", "input_format"),
}
COPY = "wagtailadmin_pages:copy"
# Views that use the page's parent, which the root page lacks.
BELOW_A_PAGE = tuple(
    f"wagtailadmin_pages:{name}" for name in ("lock", "unlock", "move_confirm", "set_page_position")
)
# Choosers without a creation form.
CHOOSERS_ONLY = ("practice_chooser", "wagtailsnippetchoosers_")
# Redirects to `next`, which it also resolves as a view name.
REMOVE_WORKFLOW = "wagtailadmin_workflows:remove"
# The page choosers put it into a URL that accepts only digits.
PLACE = "parent_page_id"


def reject_forged_request(request: HttpRequest, name: str, kwargs: dict[str, object]) -> None:
    """Raise Http404 or BadRequest for a request that no admin page sends to the view `name`."""
    if name == FAILS_ON_PURPOSE:
        raise Http404
    if not all(value.isascii() and value.isdigit() for value in request.GET.getlist(PLACE) if value):
        raise Http404
    if name in BELOW_A_PAGE and Page.objects.filter(pk__in=kwargs.values(), depth=1).exists():
        raise Http404
    if request.method == "POST":
        _refuse_form(request, name)


def ignore_invalid_ids_in_choosers() -> None:
    """Make a chooser empty when its form is shown again with an invalid id: Wagtail's looks it up as it came."""
    look_up = BaseChooser.get_instance

    def get_instance(chooser: BaseChooser, value: object) -> Model | None:
        if not isinstance(value, Model) and parse_id(value) is None:
            return None
        instance: Model | None = look_up(chooser, value)
        return instance

    BaseChooser.get_instance = get_instance


def _refuse_form(request: HttpRequest, name: str) -> None:
    missing = [field for field in FIELDS.get(name, ()) if field not in request.POST]
    if missing:
        raise BadRequest(f"Without {', '.join(missing)}")
    if name.startswith(CHOOSERS_ONLY) and name.endswith(":create"):
        raise Http404
    if name == REMOVE_WORKFLOW and not request.POST.get("next", "/").startswith("/"):
        raise BadRequest("Elsewhere")
    if name == COPY and not _is_page(request.POST["new_parent_page"]):
        raise Http404


def _is_page(value: str) -> bool:
    key = parse_id(value)
    return key is not None and Page.objects.filter(pk=key).exists()
