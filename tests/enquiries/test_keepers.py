"""Who gets a message: whoever the app of its page names, else the secretariat. About a record, or to a country's section."""

from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from enquiries import keepers
from enquiries.models import Message, MessageKind
from enquiries.relay import accept_message
from practices.models import PracticePage
from tests.enquiries.messaging import TEXT, by_the_worker
from tests.factories import a_user

pytestmark = pytest.mark.django_db
SECRETARIAT = ["secretariat@speca.example"]
FOCAL_POINT = ["focal@example.kz"]


@pytest.fixture
def focal_point():
    Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan"))
    return a_user(focal_points("Kazakhstan"), email=FOCAL_POINT[0])


def recipients(language="ru", kind=MessageKind.CONTACT, **about):
    """Of a message, once the worker has sent it."""
    accept_message(Message(title="Any", text=TEXT, kind=kind, language=language, **about), "192.0.2.1")
    by_the_worker()
    return mail.outbox[-1].recipients()


@pytest.mark.parametrize("kind", MessageKind)
def test_a_message_to_a_section_reaches_the_focal_points_of_its_country(tree, focal_point, kind):
    assert recipients(kind=kind, section_key=tree.section().translation_key) == FOCAL_POINT
    letter = mail.outbox[-1]
    section = tree.section("kazakhstan", "ru")
    assert section.title in letter.subject
    assert section.get_url() in letter.body


@pytest.mark.parametrize("section", ["international", "tajikistan"])
def test_a_section_that_nobody_keeps_is_the_secretariats(tree, focal_point, section):
    assert recipients(section_key=tree.section(section).translation_key) == SECRETARIAT


def test_a_section_that_was_deleted_is_the_secretariats(tree, focal_point):
    assert recipients(section_key=uuid4(), language="en") == SECRETARIAT
    assert "deleted" in mail.outbox[-1].body


@pytest.mark.parametrize("kind", MessageKind)
def test_where_no_app_tells_who_answers_the_secretariat_does(practice, focal_point, monkeypatch, kind):
    about = {"kind": kind, "record_key": practice.translation_key}
    assert recipients(**about) == (["office@example.org"] if kind == MessageKind.CONTACT else FOCAL_POINT)
    monkeypatch.setattr(keepers, "_keepers", {})
    assert recipients(**about) == SECRETARIAT


def test_a_message_is_about_a_record_or_to_a_section(db):
    for about in ({}, {"record_key": uuid4(), "section_key": uuid4()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(title="Any", text=TEXT, kind=MessageKind.CONTACT, language="en", **about)


def test_who_answers_is_registered_once():
    with pytest.raises(ValueError, match="PracticePage"):
        keepers.register_keepers(PracticePage, keepers.NOBODY)
