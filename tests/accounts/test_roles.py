"""What the other roles can do: the secretariat everywhere, translators and reviewers in part, administrators the rest."""

import pytest
from django.urls import reverse
from wagtail.models import CollectionViewRestriction

from tests.accounts.addresses import NAMING, SNIPPETS, closed_addresses
from tests.accounts.requesting import ask, enter, refused, told
from tests.factories import a_superuser

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.slow,
    pytest.mark.sqlite_suffices,
]

KEPT_BY_THE_SECRETARIAT = (SNIPPETS, "wagtailredirects:", "wagtailadmin_collections:")
KEPT_BY_ADMINISTRATORS = ("wagtailusers_", "wagtailsites:", "wagtaillocales:", "wagtailadmin_workflows:")
PAGE = "wagtailadmin_pages:"
TRANSLATORS = {
    "edit": True, "history": True, "view_draft": True, "revisions_compare": True, "usage": True, "preview_on_edit": True,
    "add": False, "add_subpage": False, "unpublish": False, "lock": False, "set_privacy": False,
    "set_page_position": False, "workflow_action": False, "workflow_preview": False, "delete": False,
    "move_confirm": False, "revisions_unschedule": False,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMING)
@pytest.mark.parametrize("place", ["kazakhstan", "international"])
def test_the_secretariat_comes_in_everywhere(scenario, signed_in, place, name):
    response = enter(signed_in("secretariat"), NAMING[name].of(name, scenario.places[place]))
    assert refused(response) is not NAMING[name].secretariat
    assert response is None or response.status_code < 500


def test_the_secretariat_keeps_vocabularies_redirects_and_collections(scenario, signed_in):
    client = signed_in("secretariat")
    # The second step of an import takes nothing but a form, and its first step's file.
    addresses = [address for address in closed_addresses(KEPT_BY_THE_SECRETARIAT) if "process" not in address]
    assert not [address for address in addresses if refused(enter(client, address))]
    assert ask(client, "get", reverse("messages:index")).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_users_sites_and_reviews_are_the_administrators(scenario, signed_in, method):
    client = signed_in("secretariat")
    opened = [
        address
        for address in closed_addresses(KEPT_BY_ADMINISTRATORS)
        if not refused(ask(client, method, address))
    ]
    assert not opened
    client = signed_in("administrator")
    closed = [
        address for address in closed_addresses(KEPT_BY_ADMINISTRATORS) if refused(enter(client, address))
    ]
    assert not closed


@pytest.mark.parametrize("place", ["kazakhstan", "tajikistan", "international"])
@pytest.mark.parametrize(("name", "allowed"), TRANSLATORS.items())
def test_translators_change_what_others_wrote(scenario, signed_in, place, name, allowed):
    response = ask(
        signed_in("translator"), "get", NAMING[PAGE + name].of(PAGE + name, scenario.places[place])
    )
    assert refused(response) is not allowed


def test_an_administrator_cannot_take_over_a_superuser(scenario, signed_in):
    superuser = a_superuser(username="root")
    client = signed_in("administrator")
    form = {
        "username": "root",
        "email": "mine@example.org",
        "password1": "another long phrase",
        "password2": "another long phrase",
    }
    client.post(reverse("wagtailusers_users:edit", args=[superuser.pk]), form)
    client.post(reverse("wagtailusers_users:delete", args=[superuser.pk]))
    many = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    client.post(f"{many}?next=/admin/&id={superuser.pk}", {"mark_as_active": ""})
    before = superuser.password
    superuser.refresh_from_db()
    assert superuser.is_active
    assert superuser.password == before
    assert superuser.email != "mine@example.org"


def test_a_private_document_is_not_served(scenario, client):
    document = scenario.places["kazakhstan"].document
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    response = client.get(document.url)
    assert response.status_code == 404
    assert scenario.places["kazakhstan"].secret not in told(response)
