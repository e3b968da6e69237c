"""The admin's lists say no word of a program: None, True, a UUID, a time with its offset."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.users.models import UserProfile

from practices.models import Withdrawal
from tests.factories import a_practice

pytestmark = pytest.mark.django_db
PROGRAMS_WORDS = re.compile(r"\b(None|True|False)\b|[0-9a-f]{8}-[0-9a-f]{4}-|\+00:00|Wagtail")
SCRIPTS = re.compile(r"<(script|style|template)\b.*?</\1>", re.S)
LISTS = [
    "wagtailadmin_home",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:page_types_usage",
    "wagtailusers_users:index",
    "wagtailsites:index",
    "wagtailsnippets_practices_withdrawal:list",
    "messages:index",
]


def words(html):
    """What is read or read aloud: texts, and the titles of icons among them."""
    return re.sub(r"\s+", " ", strip_tags(SCRIPTS.sub("", html)))


@pytest.fixture
def something_to_list(tree, superuser):
    kept, gone = a_practice(tree.section(), title="Schools"), a_practice(tree.section(), title="Gone school")
    gone.save_revision()
    Withdrawal.objects.create(practice=kept, replaced_by=gone, merged=True)
    Withdrawal.objects.create(practice=gone)
    gone.delete()
    draft = Page.objects.get(pk=kept.pk).specific
    draft.save_revision(user=superuser)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_lists_say_no_word_of_a_program(admin_client, superuser, something_to_list, language):
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": language})
    found = {}
    addresses = [reverse(name) for name in LISTS] + [
        reverse("wagtailadmin_pages:search") + "?q=school",
        reverse("wagtailadmin_pages:search") + "?q=school&content_type=practices.practicepage",
        reverse("wagtailadmin_explore_root"),
    ]
    for address in addresses:
        response = admin_client.get(address)
        assert response.status_code == 200, address
        text = words(response.content.decode())
        if shown := PROGRAMS_WORDS.search(text):
            found[address] = text[max(shown.start() - 60, 0) : shown.end() + 20]
    assert found == {}


def test_a_deleted_practice_is_named_by_its_last_address(admin_client, something_to_list):
    text = words(admin_client.get(reverse("wagtailsnippets_practices_withdrawal:list")).content.decode())
    assert "Deleted: practices/kazakhstan/gone-school" in text
