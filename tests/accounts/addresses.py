"""Every address of the admin, and what those name that take a page or a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Site, Task, Workflow

from accounts.models import User
from indexing.models import Record
from tests.accounts.scenario import Place

PRACTICE = ("practices", "practicepage")
Arguments = list[Any] | dict[str, Any]


@dataclass(frozen=True)
class Address:
    """The arguments for a place, and whether its own people and the secretariat may come in.

    What is `of_country` is its focal points' alone: the experts' section belongs to no country.
    """

    arguments: Callable[[Place], Arguments]
    own: bool = True
    secretariat: bool = True
    of_country: bool = False

    def is_open_to(self, role: str) -> bool:
        """Whether somebody in this role may come in at home."""
        return self.own and (role == "focal point" or not self.of_country)

    def of(self, name: str, place: Place) -> str:
        given = self.arguments(place)
        return reverse(name, kwargs=given) if isinstance(given, dict) else reverse(name, args=given)


def _draft(place: Place) -> Arguments:
    return [place.draft.pk]


def _live(place: Place) -> Arguments:
    return [place.live.pk]


def _section(place: Place) -> Arguments:
    return [place.section.pk]


def _image(place: Place) -> Arguments:
    return [place.image.pk]


def _document(place: Place) -> Arguments:
    return [place.document.pk]


def _revision(place: Place) -> Arguments:
    return [place.draft.pk, place.draft.latest_revision_id]


def _action(place: Place) -> Arguments:
    return [place.in_review.pk, "approve", place.task.pk]


PAGES = "wagtailadmin_pages:"
IMAGES = "wagtailimages:"
DOCUMENTS = "wagtaildocs:"

NAMING: dict[str, Address] = {
    "wagtailadmin_explore": Address(_section),
    "wagtailadmin_explore_results": Address(_section),
    "wagtailadmin_choose_page_child": Address(_draft),
    PAGES + "add": Address(lambda place: [*PRACTICE, place.section.pk]),
    PAGES + "preview_on_add": Address(lambda place: [*PRACTICE, place.section.pk]),
    PAGES + "add_subpage": Address(_section),
    PAGES + "usage": Address(_draft),
    PAGES + "edit": Address(_draft),
    PAGES + "preview_on_edit": Address(_draft),
    PAGES + "view_draft": Address(_draft),
    PAGES + "delete": Address(_draft),
    PAGES + "unpublish": Address(_live, own=False),
    PAGES + "convert_alias": Address(lambda place: [place.alias.pk]),
    PAGES + "move": Address(_draft),
    PAGES + "move_confirm": Address(lambda place: [place.draft.pk, place.translated_section.pk]),
    PAGES + "set_page_position": Address(_draft, own=False),
    PAGES + "copy": Address(_draft),
    PAGES + "workflow_action": Address(_action, own=False),
    PAGES + "collect_workflow_action_data": Address(_action, own=False),
    PAGES + "confirm_workflow_cancellation": Address(lambda place: [place.in_review.pk]),
    PAGES + "workflow_preview": Address(lambda place: [place.in_review.pk, place.task.task_id], own=False),
    PAGES + "set_privacy": Address(_draft, own=False),
    PAGES + "lock": Address(_draft, own=False),
    PAGES + "unlock": Address(_draft, own=False),
    PAGES + "revisions_index": Address(_draft),
    PAGES + "revisions_view": Address(_revision),
    PAGES + "revisions_revert": Address(_revision),
    PAGES + "revisions_unschedule": Address(_revision, own=False),
    PAGES + "revisions_compare": Address(lambda place: [place.draft.pk, "earliest", "latest"]),
    PAGES + "workflow_history": Address(lambda place: [place.in_review.pk]),
    PAGES + "workflow_history_detail": Address(lambda place: [place.in_review.pk, place.state.pk]),
    PAGES + "history": Address(_draft),
    PAGES + "history_results": Address(_draft),
    "wagtailadmin_workflows:remove": Address(
        lambda place: {"page_pk": place.section.pk}, own=False, secretariat=False
    ),
    "wagtailadmin_editing_sessions:ping": Address(lambda place: [*PRACTICE, str(place.draft.pk), 0]),
    "wagtailadmin_api:pages:detail": Address(_draft),
    "wagtailadmin_api:pages:action": Address(
        lambda place: [place.draft.pk, "publish"], own=False, secretariat=False
    ),
    "wagtailadmin_api:images:detail": Address(_image),
    "wagtailadmin_api:documents:detail": Address(_document),
    IMAGES + "edit": Address(_image),
    IMAGES + "delete": Address(_image),
    # The portal serves no images by signed address, so that the generator has nothing to show.
    IMAGES + "url_generator": Address(_image, own=False, secretariat=False),
    IMAGES + "url_generator_output": Address(_image, own=False, secretariat=False),
    # Pictures are made in the portal's sizes only.
    IMAGES + "preview": Address(lambda place: [place.image.pk, "width-100"], own=False, secretariat=False),
    IMAGES + "image_usage": Address(_image),
    "picture_details": Address(_image),
    IMAGES + "edit_multiple": Address(_image),
    IMAGES + "delete_multiple": Address(_image),
    "wagtailimages_chooser:chosen": Address(_image),
    "wagtailimages_chooser:select_format": Address(_image),
    DOCUMENTS + "edit": Address(_document),
    DOCUMENTS + "delete": Address(_document),
    DOCUMENTS + "document_usage": Address(_document),
    DOCUMENTS + "edit_multiple": Address(_document),
    DOCUMENTS + "delete_multiple": Address(_document),
    "wagtaildocs_chooser:chosen": Address(_document),
    "wagtailforms:list_submissions": Address(_draft, own=False, secretariat=False),
    "wagtailforms:list_submissions_results": Address(_draft, own=False, secretariat=False),
    "wagtailforms:delete_submissions": Address(_draft, own=False, secretariat=False),
    "wagtail_localize:submit_page_translation": Address(_live),
    "wagtail_localize:convert_to_alias": Address(_draft, own=False, secretariat=False),
    "practices_admin:review_links": Address(_draft),
    "practices_admin:withdraw_review_link": Address(lambda place: [place.draft.pk, place.link.pk]),
    "messages:inspect": Address(lambda place: [place.message.pk], of_country=True),
    # Offers what is public, and no draft to anybody.
    "practice_chooser:chosen": Address(_draft, own=False, secretariat=False),
}

# Namespaces for the secretariat or the administrators alone, and what their records are.
RECORDS = {
    "wagtailredirects:": Redirect,
    "wagtailusers_users:": User,
    "wagtailusers_groups:": Group,
    "wagtaillocales:": Locale,
    "wagtailsites:": Site,
    "wagtailadmin_collections:": Collection,
    "wagtailadmin_workflows:": Workflow,
    "search_admin:": Record,
    "usage_admin:": Record,
}
SNIPPETS = "wagtailsnippets_"
CLOSED = (SNIPPETS, *RECORDS)
# Addresses whose parameters name no page and no file of a section, or that other tests ask about.
OTHER = {
    "editors_guide": "docs/editors-guide.*.md, which is public",
    "editors_guide_image": "a picture in docs/images, which is public",
    "wagtail_bulk_action": "tests/accounts/test_lists.py",
    "practices_desk:act": "an act of one's own (tests/accounts/test_practices_desk.py)",
    "practices_desk:delete_view": "a view of one's own (tests/practices/test_desk.py)",
    "wagtailadmin_pages:type_use": "a page type",
    "wagtailadmin_pages:type_use_results": "a page type",
    "wagtailadmin_pages:choose_parent": "a page type",
    "wagtailadmin_tag_model_autocomplete": "a tag model",
    "wagtailadmin_editing_sessions:release": "a session of one's own",
    "wagtailimages:create_multiple_from_uploaded_image": "an upload of one's own",
    "wagtailimages:delete_upload_multiple": "an upload of one's own",
    "wagtaildocs:create_multiple_from_uploaded_document": "an upload of one's own",
    "wagtaildocs:delete_upload_multiple": "an upload of one's own",
    "wagtailadmin_password_reset_confirm": "a user, by a secret",
}
OTHER_NAMESPACES = ("wagtailsnippetchoosers_", "wagtail_localize:")


def admin_patterns() -> Iterator[tuple[str, str, URLPattern]]:
    """(view name, route, pattern) of every address below /admin/."""
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and str(entry.pattern) == "admin/":
            yield from _walk(entry, (), "")


def _walk(
    resolver: URLResolver, namespaces: tuple[str, ...], above: str
) -> Iterator[tuple[str, str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces, route)
        else:
            yield ":".join((*namespaces, entry.name)) if entry.name else "", route, entry


def closed_addresses(namespaces: tuple[str, ...] = CLOSED) -> Iterator[str]:
    """The addresses of these namespaces, each with a record that is there."""
    for name, _, pattern in admin_patterns():
        if name.startswith(namespaces) and name not in NAMING:
            record = _record(name)
            names: dict[str, Any] = dict.fromkeys(pattern.pattern.converters, record.pk)
            if "app_label" in names:
                names |= {"app_label": "accounts", "model_name": "expertreview"}
            yield reverse(name, kwargs=names)


def _record(name: str) -> Any:
    namespace = name.partition(":")[0] + ":"
    if "task" in name:
        return Task.objects.first()
    if name.startswith(SNIPPETS):
        app, _, model = namespace.removeprefix(SNIPPETS).rstrip(":").rpartition("_")
        return apps.get_model(app, model).objects.first()
    # Not the last user: that is the administrator, who can't delete themselves.
    records = RECORDS[namespace].objects
    return records.first() if namespace == "wagtailusers_users:" else records.last()


def takes_parameters(pattern: URLPattern) -> bool:
    regex = pattern.pattern.regex
    return bool(regex.groups)
