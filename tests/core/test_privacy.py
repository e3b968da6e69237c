"""Who may read a page is the same in all its languages, whichever of them it was said of."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from core.privacy import synchronise_restrictions
from indexing.models import Record
from tests.factories import a_focal_point, a_practice, a_translation
from tests.factories.collections import a_collection
from tests.factories.translating import russian_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Each of the four is changed to each other one.
WALK = ["login", "password", "login", "groups", "login", "none", "password"]
WALK += ["groups", "password", "none", "groups", "none", "login"]


def dialog(page):
    return reverse("wagtailadmin_pages:set_privacy", args=(page.pk,))


def restrict(client, page, kind, **data):
    data |= {"restriction_type": kind} | ({"password": "secret word"} if kind == "password" else {})
    return client.post(dialog(page), data)


def restriction(page):
    """What is said of this very page, with the groups that may read it."""
    found = [
        (row.restriction_type, row.password, sorted(row.groups.values_list("name", flat=True)))
        for row in PageViewRestriction.objects.filter(page=page.pk)
    ]
    assert len(found) < 2
    return found[0] if found else None


def answers(client, page):
    return client.get(Page.objects.get(pk=page.pk).get_url()).status_code


@pytest.mark.parametrize("first", ["English", "Russian"])
def test_a_restriction_follows_whatever_is_made_of_it(admin_client, pair, first):
    page, other = pair if first == "English" else reversed(pair)
    groups = [Group.objects.create(name=name) for name in ("Reviewing", "Council")]
    for step, kind in enumerate(WALK):
        chosen = {"groups": [groups[step % 2].pk]} if kind == "groups" else {}
        assert restrict(admin_client, page, kind, **chosen).json()["step"] == "set_privacy_done"
        assert restriction(other) == restriction(page)
        assert (restriction(page) or ["none"])[0] == kind


@pytest.mark.parametrize("said_of", ["English", "Russian", "English section", "Russian section"])
def test_what_is_restricted_in_one_language_is_found_in_none(client, superuser, tree, said_of):
    english = a_practice(tree.section(), title="Schools online")
    russian = a_translation(english, title="Школы онлайн")
    pages = {"English": english, "Russian": russian, "English section": tree.section()}
    page = pages.get(said_of) or tree.section("kazakhstan", "ru")
    client.force_login(superuser, backend="accounts.backends.PortalBackend")
    restrict(client, page, "password")
    client.logout()
    assert client.get("/api/v1/search?q=школы").json()["total"] == 0
    assert "Школы онлайн" not in client.get("/ru/search/?q=школы").content.decode()
    assert "Школы онлайн" not in client.get(russian.get_url(), follow=True).content.decode()
    assert "Schools online" not in client.get(english.get_url(), follow=True).content.decode()
    assert Record.objects.get(key=english.translation_key).removed
    client.force_login(superuser, backend="accounts.backends.PortalBackend")
    restrict(client, page, "none")
    client.logout()
    assert answers(client, russian) == answers(client, english) == 200


def test_a_translation_made_later_is_as_private(admin_client, tree):
    page = a_practice(tree.section(), title="Schools online")
    council = Group.objects.create(name="Council")
    restrict(admin_client, page, "groups", groups=[council.pk])
    restrict(admin_client, tree.section(), "login")  # Wagtail copies none below a page that has one
    assert restriction(a_translation(page, title="Школы онлайн")) == ("groups", "", ["Council"])
    other = a_collection(tree, "Roads", [])
    restrict(admin_client, other, "login")
    assert restriction(russian_of(other)) == ("login", "", [])


def test_a_portal_of_before_is_made_alike(tree):
    english = a_practice(tree.section(), title="Schools online")
    russian = a_translation(english, title="Школы онлайн")
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=russian, restriction_type="login")])
    assert restriction(english) is None
    synchronise_restrictions()
    assert restriction(english) == restriction(russian) == ("login", "", [])
    assert Record.objects.get(key=english.translation_key).removed


def test_deleting_a_restricted_page_opens_no_other(admin_client, tree):
    english = a_practice(tree.section(), title="Schools online")
    russian = a_translation(english, title="Школы онлайн")
    restrict(admin_client, english, "login")
    admin_client.post(reverse("wagtailadmin_pages:delete", args=(english.pk,)), {"languages": "one"})
    assert not Page.objects.filter(pk=english.pk).exists()
    assert restriction(russian) == ("login", "", [])


def test_the_dialog_says_so_and_asks_who_may_not(admin_client, client, tree):
    english = a_practice(tree.section(), title="Schools online")
    russian = a_translation(english, title="Школы онлайн")
    told = admin_client.get(dialog(english)).json()["html"]
    assert "“Школы онлайн”" in told
    assert "applies to all of them" in told
    alone = admin_client.get(dialog(a_practice(tree.section(), title="Alone"))).json()["html"]
    assert "more than one language" not in alone
    assert "restriction_type" in alone
    restrict(admin_client, english, "login")
    user = a_focal_point(tree.section(), permissions=("add", "change", "publish"))
    client.force_login(user, backend="accounts.backends.PortalBackend")
    told = client.get(dialog(english)).json()["html"]
    assert "Write to the secretariat" in told
    assert "restriction_type" not in told
    assert restrict(client, english, "none").status_code == 302
    assert restriction(english) == restriction(russian) == ("login", "", [])
