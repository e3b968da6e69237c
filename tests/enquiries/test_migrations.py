"""Messages of before the desk: what was passed on long ago is done, so that nobody is reminded of all of it at once."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from enquiries.models import Message

migration = import_module("enquiries.migrations.0003_status_of_earlier_messages")


@pytest.mark.django_db
def test_what_was_passed_on_long_ago_is_closed_and_the_rest_open():
    now = timezone.now()
    for title, delivered in (
        ("Old", now - timedelta(days=30)),
        ("New", now - timedelta(days=1)),
        ("Waits", None),
    ):
        Message.objects.create(record_key=uuid4(), title=title, kind="contact", text="Any", language="en",
                               created=now - timedelta(days=40), delivered=delivered)  # fmt: skip
    migration.set_status(apps, None)
    assert dict(Message.objects.values_list("title", "status")) == {
        "Old": "closed",
        "New": "open",
        "Waits": "open",
    }
    assert all(message.open_since == message.created for message in Message.objects.all())
