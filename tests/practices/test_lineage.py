"""Lineage: shown at both ends with when and what was changed; and those who adopted a practice can say so."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from wagtail.models import Page

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from core.jobs.worker import run_all
from enquiries.models import Message
from indexing.models import Record
from indexing.record_drift import find_record_drift
from practices.models import PracticePage
from tests.factories import a_practice, a_translation, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SENT = {
    "country": "Khatlon, Tajikistan",
    "organisation": "Committee for Youth",
    "year": "2024",
    "text": "We took over the lessons and made the examples shorter.",
    "sender_name": "Zarina",
    "sender_email": "zarina@example.org",
}


@pytest.fixture
def origin(tree):
    return a_practice(tree.section("kazakhstan"), title="Coders")


def adopt_section(client, page) -> str:
    section = BeautifulSoup(client.get(page.url).content, "html.parser").find(id="adopt")
    return " ".join(section.get_text(" ").split())


def test_both_ends_say_where_when_and_what_was_changed(client, tree, origin):
    adopter = a_practice(
        tree.section("tajikistan"), title="Coders of Khatlon", adopted_from=origin, adopted_year=2024,
        adaptation="Shorter examples.",
    )  # fmt: skip
    a_translation(adopter, title="Программисты Хатлона", adaptation="Примеры короче.")
    assert (
        "Adopted as Coders of Khatlon Tajikistan, 2024 What was changed: Shorter examples."
        in adopt_section(client, origin)
    )
    assert "Adopted from: Coders Kazakhstan, 2024 What was changed: Shorter examples." in adopt_section(
        client, adopter
    )
    origin_in_russian = BeautifulSoup(client.get(origin.url.replace("/en/", "/ru/")).content, "html.parser")
    assert "Примеры короче." in origin_in_russian.find(id="adopt").get_text(), (
        "in the reader's language where there is one"
    )


def test_who_adopted_it_tells_the_focal_point(client, tree, origin):
    group = Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan"))
    focal = a_user(group.name, email="focal@example.org")
    address = f"/en/record/{origin.translation_key}/adopted/"
    assert address in client.get(origin.url).content.decode()
    response = client.post(address, SENT)
    assert response.status_code == 302
    assert "Thank you" in client.get(response.url).content.decode()
    run_all()
    [message] = mail.outbox
    assert message.recipients() == [focal.email]
    assert message.message()["Reply-To"].endswith("<zarina@example.org>")
    for said in ("Khatlon, Tajikistan", "Committee for Youth", "2024", SENT["text"]):
        assert said in message.body
    assert Message.objects.get().kind == "adoption"


def test_what_was_typed_comes_back_beside_its_error(client, origin):
    address = f"/ru/record/{origin.translation_key}/adopted/"
    page = BeautifulSoup(
        client.post(address, SENT | {"year": "last", "organisation": ""}).content, "html.parser"
    )
    wrong = {field.find(["input", "textarea"])["name"] for field in page.select(".field--error")}
    assert wrong == {"year", "organisation"}
    assert page.find("input", {"name": "year"})["value"] == "last"
    assert SENT["text"] in page.find("textarea").get_text()
    assert not Message.objects.exists()
    assert not mail.outbox


def origin_in_record(adopter):
    return Record.objects.get(key=adopter.translation_key).document["facts"].get("adopted_from")


def test_deleting_the_origin_updates_the_records_of_those_that_adopted_it(tree, origin):
    adopter = a_practice(tree.section("tajikistan"), title="Coders of Khatlon", adopted_from=origin)
    assert origin_in_record(adopter) == str(origin.translation_key)
    Page.objects.get(pk=origin.pk).delete()
    assert origin_in_record(adopter) is None
    assert not find_record_drift()


def test_an_origin_stays_while_one_of_its_languages_does(tree, origin):
    adopter = a_practice(tree.section("tajikistan"), title="Coders of Khatlon", adopted_from=origin)
    russian = a_translation(origin, title="Программисты")
    Page.objects.get(pk=origin.pk).delete()
    adopter.refresh_from_db()
    assert adopter.adopted_from == russian
    assert origin_in_record(adopter) == str(origin.translation_key)
    assert not find_record_drift()


def test_the_check_names_a_record_whose_origin_went_past_all_signals(tree, origin):
    adopter = a_practice(tree.section("tajikistan"), title="Coders of Khatlon", adopted_from=origin)
    PracticePage.objects.filter(pk=adopter.pk).update(adopted_from=None)
    assert find_record_drift().stale == [adopter.translation_key]


def test_a_letter_of_adoption_is_in_one_language_whatever_its_senders_is(client, tree, origin):
    a_translation(origin, title="Программисты")
    group = Role.objects.group(focal_points_code("KZ"), focal_points("Kazakhstan"))
    a_user(group.name, email="focal@example.org")
    client.post(f"/ru/record/{origin.translation_key}/adopted/", SENT)
    run_all()
    [message] = mail.outbox
    assert "Country or region where it is at work now: Khatlon" in message.body
    assert not any("а" <= letter <= "я" for letter in message.body.lower())
