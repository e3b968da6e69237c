"""Readers' messages as they arrive at the mail server of each recipient."""

from collections.abc import Iterator

import pytest

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from core.outbox import send_due
from tests.enquiries.messaging import SENDER, send
from tests.factories import a_user
from tests.support.smtp import Recipients, smtp_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def server(monkeypatch) -> Iterator[Recipients]:
    handler = Recipients()
    with smtp_server(handler, monkeypatch):
        yield handler


@pytest.mark.parametrize("form", ["contact", "report", "adopted"])
@pytest.mark.parametrize("several", [False, True])
def test_each_recipient_is_named_alone(client, practice, server, form, several):
    Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan"))
    people = ["kz1@example.org", "kz2@example.org"][: 1 + several]
    for email in people:
        a_user(focal_points("Kazakhstan"), email=email)
    if several:
        office = practice.contacts.raw_data[0]
        practice.contacts = [
            ("contact", office["value"] | {"email": email})
            for email in ("office@example.org", "two@example.org")
        ]
        practice.save_revision().publish()
    data = SENDER | {"country": "Kazakhstan", "organisation": "School"}
    assert send(client, f"/en/record/{practice.translation_key}/{form}/", data).status_code == 302
    send_due()
    letters = server.letters()
    assert len(letters) == 1 + several
    for recipient, letter in letters.items():
        assert letter.get_all("To") == [recipient]
        assert letter["Auto-Submitted"] == "auto-generated"
        others = letters.keys() - {recipient}
        assert not [other for other in others if other.encode() in server.contents[recipient]]
