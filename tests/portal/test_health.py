"""Health, and what must never be served."""

import pytest
from django.db import DatabaseError, connection


def test_live_needs_nothing(client):
    assert client.get("/-/live", headers={"host": "any.example"}).json() == {"live": True}


@pytest.mark.django_db
def test_ready_asks_the_database(client, monkeypatch):
    assert client.get("/-/ready").status_code == 200

    def refused(*args):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refused)
    assert client.get("/-/ready").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["documents/secret.pdf", "original_images/a.png", "images/../documents/secret.pdf"]
)
def test_only_sized_pictures_are_served_from_the_files(client, settings, tmp_path, path):
    assert client.get(f"/media/{path}").status_code in (400, 404)
