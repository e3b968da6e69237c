"""Whatever lists pages or files, by whatever question, tells a section's secrets to nobody outside it."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.accounts.addresses import admin_patterns, takes_parameters
from tests.accounts.requesting import ask, refused, rows, told

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.slow,
]

STRANGERS = [("focal point", "tajikistan"), ("expert", "kazakhstan"), ("reviewer", "kazakhstan")]
FAILS_ON_PURPOSE = "wagtailadmin_error_test"
LEAVES = "wagtailadmin_logout"
PAGE_ACTIONS = ("delete", "move", "publish", "unpublish")
FILE_ACTIONS = ("delete", "add_tags", "add_to_collection")


@pytest.fixture
def stranger(signed_in, scenario, request):
    """(client, place): a person and a section that is not theirs."""
    role, place = request.param
    return signed_in(role), scenario.places[place]


def each_stranger(function):
    return pytest.mark.parametrize("stranger", STRANGERS, indirect=True, ids="-".join)(function)


@each_stranger
def test_every_address_without_parameters_keeps_secrets(stranger):
    """And answers: a list must not break for people who have nothing to list."""
    client, place = stranger
    for name, _, pattern in admin_patterns():
        if name and not takes_parameters(pattern) and name not in (FAILS_ON_PURPOSE, LEAVES):
            response = ask(client, "get", reverse(name))
            assert place.secret not in told(response), name
            assert response is None or response.status_code < 500, name


@each_stranger
def test_no_search_finds_a_secret(stranger):
    client, place = stranger
    call_command("update_index", verbosity=0, stdout=None)
    word = place.secret
    for address in (
        reverse("wagtailadmin_choose_page_search") + f"?q={word}",
        reverse("wagtailadmin_choose_page_search") + f"?q={word}&page_type=practices.practicepage&multiple=1",
        reverse("wagtailadmin_pages:search_results") + f"?q={word}",
        reverse("wagtailadmin_explore_root") + f"?q={word}&search_all=1",
        reverse("wagtailadmin_api:pages:listing") + f"?search={word}",
        reverse("wagtailadmin_reports:site_history_results") + f"?label={word}",
        reverse("wagtailimages:index_results") + f"?q={word}",
        reverse("wagtailimages_chooser:choose_results") + f"?q={word}",
        reverse("wagtaildocs:index_results") + f"?q={word}",
        reverse("wagtaildocs_chooser:choose_results") + f"?q={word}",
    ):
        # The question itself comes back, in lower case where it is shown.
        found = told(ask(client, "get", address)).replace(f"{word}&", "").replace(f'"{word}"', "")
        assert f"{word} " not in found, address


def test_search_finds_what_is_ones_own(scenario, signed_in):
    """Else the test above would find nothing for want of an index."""
    call_command("update_index", verbosity=0, stdout=None)
    own = scenario.places["kazakhstan"]
    address = reverse("wagtailadmin_choose_page_search") + f"?q={own.secret}"
    assert f"{own.secret} draft" in told(signed_in("focal point").get(address))


@each_stranger
def test_the_page_chooser_offers_what_is_public(stranger):
    client, place = stranger
    for query in ("", "?page_type=practices.practicepage", "?user_perms=copy_to", "?can_choose_root=1"):
        address = reverse("wagtailadmin_choose_page_child", args=[place.section.pk]) + query
        offered = told(client.get(address))
        assert f"Public {place.section.slug}" in offered
        assert place.secret not in offered


@each_stranger
def test_choosing_by_number_gets_no_secret(stranger):
    client, place = stranger
    hidden = [place.draft.pk, place.in_review.pk]
    for address in (
        reverse("wagtailadmin_choose_page_chosen_multiple") + "?" + "&".join(f"id={key}" for key in hidden),
        reverse("wagtailadmin_choose_page") + f"?user_perms=move_to&target_pages[]={place.draft.pk}",
        reverse("wagtailimages_chooser:chosen_multiple") + f"?id={place.image.pk}",
        reverse("wagtaildocs_chooser:chosen_multiple") + f"?id={place.document.pk}",
        reverse("practice_chooser:chosen_multiple") + f"?id={place.draft.pk}",
    ):
        assert place.secret not in told(ask(client, "get", address)), address


@each_stranger
def test_a_public_page_goes_by_its_public_title(stranger):
    client, place = stranger
    chosen = told(client.get(reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={place.live.pk}"))
    assert f"Public {place.section.slug}" in chosen
    link = {"external-link-chooser-url": place.live.full_url, "external-link-chooser-link_text": "there"}
    assert place.secret not in told(client.post(reverse("wagtailadmin_choose_page_external_link"), link))


@each_stranger
def test_the_admin_api_lists_no_secret(stranger):
    client, place = stranger
    section = place.section.pk
    queries = [
        f"child_of={section}",
        f"descendant_of={section}",
        f"child_of={section}&for_explorer=1",
        f"id={place.draft.pk}",
    ]
    for kind in ("pages", "images", "documents"):
        for query in [*queries, "limit=100", "fields=*"]:
            listing = reverse(f"wagtailadmin_api:{kind}:listing") + f"?{query}"
            assert place.secret not in told(ask(client, "get", listing)), listing


def bulk(kind, action, query):
    return reverse("wagtail_bulk_action", args=[*kind, action]) + f"?next=/admin/&{query}"


@pytest.mark.parametrize("method", ["get", "post"])
@each_stranger
def test_bulk_actions_neither_act_nor_tell(stranger, method):
    client, place = stranger
    before = rows()
    asked = [
        bulk(("wagtailcore", "page"), action, query)
        for action in PAGE_ACTIONS
        for query in (
            f"id={place.draft.pk}&id={place.live.pk}&id={place.in_review.pk}",
            f"id=all&childOf={place.section.pk}",
            f"id=all&childOf={place.section.pk}&q={place.secret[:3]}",
        )
    ]
    asked += [bulk(("wagtailimages", "image"), action, f"id={place.image.pk}") for action in FILE_ACTIONS]
    asked += [bulk(("wagtaildocs", "document"), action, f"id={place.document.pk}") for action in FILE_ACTIONS]
    collection = place.image.collection_id
    asked += [
        bulk(("wagtailimages", "image"), action, f"id=all&childOf={collection}") for action in FILE_ACTIONS
    ]
    for address in asked:
        response = ask(client, method, address)
        assert place.secret not in told(response), address
    assert rows() == before


def test_ones_own_drafts_can_be_deleted_in_bulk(scenario, signed_in):
    own = scenario.places["kazakhstan"]
    client = signed_in("focal point")
    response = client.get(bulk(("wagtailcore", "page"), "delete", f"id={own.draft.pk}&id={own.live.pk}"))
    assert response.status_code == 200
    assert f"{own.secret} draft" in told(response)


@pytest.mark.parametrize("address", ["wagtailadmin_pages:copy", "wagtailadmin_pages:move"])
def test_a_form_that_names_anothers_draft_is_refused(scenario, signed_in, address):
    """Its error would tell the title."""
    own, other = scenario.places["kazakhstan"], scenario.places["tajikistan"]
    form = {"new_title": "x", "new_slug": "x", "new_parent_page": other.draft.pk}
    response = signed_in("focal point").post(reverse(address, args=[own.draft.pk]), form)
    assert refused(response)
    assert other.secret not in told(response)


def test_nothing_moves_or_is_copied_into_anothers_section(scenario, signed_in):
    own, other = scenario.places["kazakhstan"], scenario.places["tajikistan"]
    client = signed_in("focal point")
    before = rows()
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[own.draft.pk, other.section.pk]))
    form = {
        "new_title": "x",
        "new_slug": "x",
        "new_parent_page": other.section.pk,
        "alias": "on",
        "publish_copies": "on",
    }
    client.post(reverse("wagtailadmin_pages:copy", args=[own.draft.pk]), form)
    assert rows() == before


@pytest.mark.parametrize("address", ["workflow_action", "collect_workflow_action_data", "workflow_preview"])
@each_stranger
def test_no_message_about_a_review_tells_a_title(stranger, address):
    """Wagtail says of a draft that is in no review that it is in none, and names it."""
    client, place = stranger
    rest = [place.task.task_id] if address == "workflow_preview" else ["approve", place.task.pk]
    response = ask(client, "get", reverse(f"wagtailadmin_pages:{address}", args=[place.draft.pk, *rest]))
    assert refused(response)
    assert place.secret not in told(response)
