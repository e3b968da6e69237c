"""Who deletes an account is told first what hangs on it and what becomes of it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Comment, Page

from tests.factories import a_user

pytestmark = pytest.mark.slow


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").select_one("main").get_text().split())


@pytest.fixture
def commented(scenario):
    place, owner = scenario.places["kazakhstan"], scenario.people["focal point"]
    Comment.objects.create(page=place.live, user=owner, text="Why?", contentpath="title")
    place.image.uploaded_by_user = owner
    place.image.save()
    return place


@pytest.mark.parametrize("bulk", [False, True])
def test_who_deletes_an_account_reads_what_hangs_on_it(signed_in, scenario, commented, bulk):
    client, owner = signed_in("administrator"), scenario.people["focal point"]
    one = reverse("wagtailusers_users:delete", args=[owner.pk])
    many = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"]) + f"?id={owner.pk}"
    told = words(client.get(many if bulk else one))
    count = Page.objects.filter(owner=owner).count()
    for expected in (f"is the owner: {count}.", "sent for review: 1.", "margin of pages: 1.", "They are deleted",
                     "Images and documents: 1.", commented.secret, "close the account"):  # fmt: skip
        assert expected in told, expected
    assert "referenced" not in told
    client.post(many if bulk else one)
    assert Page.objects.filter(pk=commented.draft.pk, owner=None).exists()


def test_an_account_without_anything_says_so(signed_in, scenario):
    client = signed_in("administrator")
    told = words(client.get(reverse("wagtailusers_users:delete", args=[a_user().pk])))
    assert "Nothing in the portal hangs on this account" in told
    assert "Yes, delete" in told
