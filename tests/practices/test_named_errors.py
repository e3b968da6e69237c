"""Errors say which field they are about, and which page stands in the way."""

import pytest
from wagtail.users.models import UserProfile

from practices.models import PracticePage
from tests.factories import a_practice
from tests.factories.editing import add_url, edit_url, posted, snapshot_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
JSON = {"headers": {"accept": "application/json"}}


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("title", "x" * 121, "Title: Ensure this value has at most 120 characters (it has 121)."),
        ("summary", "x" * 5000, "Summary: Ensure this value has at most 500 characters (it has 5000)."),
        ("place", "x" * 121, "Place: Ensure this value has at most 120 characters (it has 121)."),
        ("latitude", "north", "Latitude: Enter a number."),
        ("start_year", "1066", "Start year: Ensure this value is greater than or equal to 1900."),
    ],
)
def test_an_autosave_that_pauses_names_the_field(admin_client, tree, field, value, label):
    page = a_practice(tree.section())
    data = posted(**snapshot_data() | {field: value})
    for url in (edit_url(page), add_url(tree.section())):
        answer = admin_client.post(url, data, **JSON)
        assert answer.status_code == 400
        assert answer.json()["error_message"] == label
    assert value in admin_client.post(edit_url(page), data).content.decode()


def test_a_slug_that_is_taken_names_the_page_that_has_it(admin_client, tree):
    other = a_practice(tree.section(), title="Schools <online>", slug="schools-online")
    a_practice(tree.section(), slug="schools-online-2")
    data = posted(**snapshot_data() | {"slug": "schools-online"})
    answer = admin_client.post(add_url(tree.section()), data)
    content = answer.content.decode()
    assert f'<a href="{edit_url(other)}" target="_blank" rel="noopener">Schools &lt;online&gt;</a>' in content
    assert "“schools-online-3” is free" in content
    named = admin_client.post(add_url(tree.section()), data, **JSON).json()["error_message"]
    assert "<a" not in named
    assert "schools-online-3" in named
    assert PracticePage.objects.child_of(tree.section()).count() == 2


def test_fields_are_named_in_the_editors_language(admin_client, superuser, tree):
    profile = UserProfile.get_for_user(superuser)
    profile.preferred_language = "ru"
    profile.save()
    data = posted(**snapshot_data() | {"summary": "x" * 501})
    named = admin_client.post(add_url(tree.section()), data, **JSON).json()["error_message"]
    assert named.startswith("Краткое описание: Убедитесь")
