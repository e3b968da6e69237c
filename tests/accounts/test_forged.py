"""Whatever is sent to whatever address of the admin, by anybody: it is answered, and never by a server error."""

import traceback
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.urls.converters import IntConverter, UUIDConverter
from hypothesis import settings
from wagtail_localize.models import TranslationSource

from tests.accounts.addresses import NAMING, admin_patterns

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.slow,
]

LEAVES = "wagtailadmin_logout"
NAMES = (
    "id", "q", "p", "page", "next", "page_type", "target_pages[]", "locale", "parent_page_id", "content_type", "ordering",
    "collection_id", "childOf", "user_perms", "url", "link_url", "term", "export", "mode", "limit", "offset", "child_of",
    "create_model", "selected-submissions", "new_parent_page", "parent_page", "chooser", "value", "action", "title",
    "workflow-action-name", "overwrite_revision_id", "loaded_revision_id", "loaded_revision_created_at", "revision_id",
    "revision_created_at", "collection", "tag", "fields", "html_path", "site", "translation_of", "descendant_of", "ancestor_of",
    "order", "search", "search_operator", "type", "select_locale", "layout", "width", "height", "filter_method", "closeness",
    "external-link-chooser-url", "email-link-chooser-email_address", "phone-link-chooser-phone_number", "anchor-link-chooser-url",
)  # fmt: skip
VALUES = ["", "zaq'%s\U0001f600", "999999999999999999999", "\0", "http://[::1", "-1", "all", "1"]
SOAK = settings.get_current_profile_name() == "soak"
# What is sent: nothing, or each name with a value of the list, another one each time.
SENT: dict[str, dict[str, str]] = {"nothing": {}} | {
    f"junk {shift}": {name: VALUES[(place + shift) % len(VALUES)] for place, name in enumerate(NAMES)}
    for shift in (0, 5)
}


def _arguments(pattern, number):
    """Made-up arguments for an address."""
    converters = getattr(pattern.pattern, "converters", {})
    return {name: _argument(name, converter, number) for name, converter in converters.items()}


def _argument(name, converter, number):
    if isinstance(converter, IntConverter):
        return number
    if isinstance(converter, UUIDConverter):
        return uuid4()
    known = {"app_label": "wagtailcore", "model_name": "page", "content_type_app_name": "practices",
             "content_type_model_name": "practicepage", "action": "publish", "action_name": "approve"}  # fmt: skip
    return known.get(name, str(number))


def addresses(scenario):
    """Every address of the admin: without arguments, of what is not there, and of a place's own."""
    place = scenario.places["kazakhstan"]
    for name, _, pattern in admin_patterns():
        if not name or name == LEAVES:
            continue
        if name in NAMING:
            yield name, NAMING[name].of(name, place)
        for number in (1, 987654321):
            arguments = _arguments(pattern, number)
            if arguments or not pattern.pattern.regex.groups:
                yield name, reverse(name, kwargs=arguments)
            if not arguments:
                break


def requests(scenario):
    """(view name, URL, what is sent): in `make soak` everything to each URL, else nothing, and nonsense to every third."""
    everything = list(SENT.values())
    for place, (name, address) in enumerate(addresses(scenario)):
        for sent in everything if SOAK else everything[: 2 if place % 3 == 0 else 1]:
            yield name, address, sent


@pytest.mark.drill
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_sent_to_the_admin_is_a_server_error(scenario, signed_in, method):
    """By an administrator, whom most views let in; each request is taken back."""
    failed = {}
    for name, address, sent in requests(scenario):
        ask = getattr(signed_in("administrator"), method)  # anew: an answer may have taken the session away
        try:
            with transaction.atomic():
                response = ask(address, sent)
                transaction.set_rollback(True)
        except PermissionDenied:
            continue
        except Exception as error:
            failed[name, address] = repr(error)[:200] + _where(error)
            continue
        if response.status_code >= 500:
            failed[name, address] = response.status_code
    assert not failed, "\n".join(map(str, failed.items()))


def _where(error):
    frames = [
        f
        for f in traceback.extract_tb(error.__traceback__)
        if "django/" not in f.filename and "tests/" not in f.filename
    ]
    return " | ".join(f"{f.filename[-50:]}:{f.lineno}" for f in frames[-2:])


@pytest.mark.parametrize(("method", "address", "sent"), [
    ("get", "/admin/failwhale/", {}),
    ("get", "/admin/choose-external-link/", {"parent_page_id": "abc"}),
    ("get", "/admin/choose-external-link/", {"parent_page_id": "+1"}),
    ("post", "/admin/choose-external-link/", {}),
    ("post", "/admin/pages/1/lock/", {}),
    ("post", "/admin/pages/1/unlock/", {}),
    ("post", "/admin/pages/1/set_position/", {}),
    ("post", "/admin/pages/1/move/1/confirm/", {}),
    ("post", "/admin/collections/practices/create/", {}),
    ("post", "/admin/snippets/choose/taxonomy/theme/create/", {}),
    ("post", "/admin/redirects/import/process/", {}),
    ("post", "/admin/workflows/remove/1/", {"next": "elsewhere"}),
    ("post", "/admin/pages/{draft}/copy/", {}),
    ("post", "/admin/pages/{draft}/copy/", {"new_parent_page": ""}),
    ("post", "/admin/pages/{draft}/copy/", {"new_parent_page": "987654321"}),
])  # fmt: skip
def test_what_was_a_server_error_is_refused(scenario, signed_in, method, address, sent):
    address = address.format(draft=scenario.places["kazakhstan"].draft.pk)
    response = ask(signed_in("administrator"), method, address, sent)
    assert response.status_code in (302, 400, 403, 404, 405)


@pytest.mark.parametrize("value", ["\0", "abc", "7_2x", "9" * 30])
@pytest.mark.parametrize(
    ("address", "choosers"),
    [
        ("/admin/snippets/practices/withdrawal/add/", ["page", "replaced_by"]),
        ("/admin/pages/{draft}/edit/", ["image", "adopted_from"]),
    ],
)
def test_a_chooser_is_empty_when_its_form_comes_back_with_an_invalid_id(
    scenario, signed_in, address, choosers, value
):
    address = address.format(draft=scenario.places["kazakhstan"].draft.pk)
    response = ask(
        signed_in("administrator"), "post", address, {"title": "A title"} | dict.fromkeys(choosers, value)
    )
    assert response.status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_translation_without_its_target_is_not_found(scenario, signed_in, method):
    address = reverse("wagtail_localize:update_translations", args=[TranslationSource.objects.first().pk])
    assert ask(signed_in("administrator"), method, address).status_code in (302, 404)


def ask(client, method, address, sent=None):
    return getattr(client, method)(address, sent or {})
