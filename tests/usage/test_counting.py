"""What no visit shows is counted once it is saved: an adoption that a reader reports, a confirmed alert."""

import pytest
from django.test import Client
from django.urls import reverse

from alerts.models import Subscription
from tests.enquiries.messaging import SENDER
from tests.factories import a_focal_point, a_practice
from tests.usage.conftest import FIREFOX, written

pytestmark = pytest.mark.django_db


def test_an_adoption_counts_for_the_countries_of_the_practice(
    client, tree, django_capture_on_commit_callbacks
):
    practice = a_practice(tree.section(), countries=["KZ", "KG"])
    address = reverse("enquiries:adopted", args=[practice.translation_key]).replace("/en/", "/ru/")
    author = Client()
    author.force_login(a_focal_point(tree.section()), backend="accounts.backends.PortalBackend")
    form = {**SENDER, "country": "Tajikistan", "organisation": "Ministry", "year": "2025"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {}, HTTP_USER_AGENT=FIREFOX).status_code == 200
        assert author.post(address, form, HTTP_USER_AGENT=FIREFOX).status_code == 302
        assert client.post(address, form, HTTP_USER_AGENT=FIREFOX).status_code == 302
    assert written() == {("adoption", "ru", "KG KZ", ""): 1}


def test_an_alert_counts_when_it_is_confirmed_for_the_first_time(
    client, tree, django_capture_on_commit_callbacks
):
    alert = Subscription.objects.create(
        query="kind=practice&country=TJ", email="reader@example.com", language="en"
    )
    address = reverse("alerts:manage", args=[alert.token])
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            client.get(address, HTTP_USER_AGENT=FIREFOX)
            client.post(address, {"action": "confirm"}, HTTP_USER_AGENT=FIREFOX)
    assert written() == {("alert", "en", "TJ", ""): 1}
