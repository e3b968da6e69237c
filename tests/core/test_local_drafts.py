"""The server's part in keeping what is typed: the key, the restored form, the word that it is saved."""

import uuid

import pytest
from django.urls import reverse

from core.local_drafts import ID_FIELD, RESTORE_FIELD, SAVED_COOKIE, encryption_key
from practices.models import PracticePage
from taxonomy.models import Theme
from tests.factories import a_practice, a_superuser
from tests.factories.editing import edit_url, posted, snapshot_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
SESSION = reverse("local_drafts_session")


def test_a_key_is_its_users_own_and_goes_with_the_password(superuser):
    other = a_superuser(username="other")
    keys = {encryption_key(superuser), encryption_key(other)}
    superuser.set_password("another one entirely")
    keys.add(encryption_key(superuser))
    assert len(keys) == 3
    assert {len(key) for key in keys} == {32}


def test_only_who_is_signed_in_gets_a_key(admin_client, client, superuser):
    answer = admin_client.get(SESSION)
    assert answer.json()["user"] == str(superuser.pk)
    assert "no-store" in answer.headers["Cache-Control"]
    client.logout()
    assert client.get(SESSION).status_code == 302
    assert client.get(SESSION, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    assert "local-drafts-config" not in client.get(reverse("wagtailadmin_login")).content.decode()


def test_a_restored_form_shows_what_was_typed_and_saves_nothing(admin_client, tree):
    """Of pages and of anything else, whatever button the request pretends to be."""
    page = a_practice(tree.section(), title="As it was")
    data = posted(**snapshot_data() | {"title": "As it was typed"}) | {
        RESTORE_FIELD: "1",
        ID_FIELD: str(uuid.uuid4()),
    }
    for button in ({}, {"action-publish": "1"}):
        answer = admin_client.post(edit_url(page), data | button)
        assert answer.status_code == 200
        assert "As it was typed" in answer.content.decode()
        assert "it is not saved yet" in answer.content.decode()
        assert not [name for name in answer.cookies if name.startswith(SAVED_COOKIE)]
    page.refresh_from_db()
    assert page.title == "As it was"
    assert page.get_latest_revision_as_object().title == "As it was"

    theme = Theme.objects.first()
    url = reverse(theme.snippet_viewset.get_url_name("edit"), args=(theme.pk,))
    answer = admin_client.post(url, {"name_en": "Typed", RESTORE_FIELD: "1"})
    assert answer.status_code == 200
    assert "Typed" in answer.content.decode()
    assert not Theme.objects.filter(name_en="Typed").exists()


def test_the_browser_hears_of_what_is_saved_and_only_of_that(admin_client, client, tree):
    page, draft = a_practice(tree.section()), str(uuid.uuid4())
    good = posted(**snapshot_data()) | {ID_FIELD: draft}
    saved = SAVED_COOKIE + draft
    assert saved in admin_client.post(edit_url(page), good).cookies
    assert saved not in admin_client.post(edit_url(page), good | {"title": ""}).cookies
    assert not admin_client.post(edit_url(page), good | {ID_FIELD: "a=b; x"}).cookies.keys() - {
        "messages",
        "csrftoken",
    }
    client.logout()
    assert saved not in client.post(edit_url(page), good).cookies
    assert PracticePage.objects.get(pk=page.pk).live
