"""What else is there for a registered kind: permanent and former URLs, withdrawals, readers' messages. Run by
tests/indexing/test_toy_kind.py."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from enquiries.keepers import Keepers, _keepers
from indexing.models import Withdrawal
from tests.enquiries.messaging import send
from tests.factories import a_user
from tests.toy_kind.models import Workshop
from tests.toy_kind.pages import a_plain_practice, a_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(tree):
    return a_plain_practice(tree)


@pytest.fixture
def workshop(tree, practice):
    return a_workshop(tree)


def test_it_has_a_permanent_url_and_its_former_path_leads_on(client, workshop):
    permanent, former = f"/p/{workshop.translation_key}", workshop.get_url()
    assert client.get(permanent).url == former
    assert client.get(permanent, headers={"accept-language": "ru"}).url == "/ru/masts-for-beginners/"
    workshop.slug = "masts"
    workshop.save_revision().publish()
    answer = client.get(former)
    assert (answer.status_code, answer["Location"]) == (301, "/en/masts/")
    assert client.get(permanent).url == "/en/masts/"


def test_it_is_gone_with_a_reason_once_it_is_withdrawn(client, workshop, practice):
    key, urls = workshop.translation_key, [workshop.get_url(), f"/p/{workshop.translation_key}"]
    for page in Workshop.objects.all():
        page.unpublish()
    files = [f"/en/record/{key}/{name}" for name in ("citation.json", "citation.bib", "brief.pdf")]
    for url in (*urls, *files):
        answer = client.get(url)
        assert answer.status_code == 410, url
        assert "page has been withdrawn" in answer.content.decode()
        assert workshop.title in answer.content.decode()
    Withdrawal.objects.create(page=workshop, replaced_by=practice, reason_en="It took place.")
    for url in (*urls, *files):
        text = client.get(url).content.decode()
        assert "It took place." in text
        assert practice.get_url() in text
    gone = client.get(f"/api/v1/records/{key}")
    assert gone.status_code == 410
    assert (gone.json()["detail"], gone.json()["reason"]) == (
        "This workshop has been withdrawn.",
        "It took place.",
    )
    Withdrawal.objects.update(merged=True)
    assert client.get(urls[0])["Location"] == client.get(urls[1]).url == practice.get_url()


def test_a_message_about_it_reaches_who_answers_for_it_else_the_secretariat(client, workshop, monkeypatch):
    """Nobody is registered for its pages at first."""
    country = Role.objects.group(focal_points_code("TJ"), focal_points("Tajikistan"))
    a_user(country.name, email="focal@example.tj")
    urls = {name: f"/ru/record/{workshop.translation_key}/{name}/" for name in ("contact", "report")}
    for url in urls.values():
        assert send(client, url).status_code == 302
    assert [letter.recipients() for letter in mail.outbox] == [["secretariat@speca.example"]] * 2
    assert workshop.title in mail.outbox[0].subject
    assert "practice:" not in mail.outbox[0].body
    assert workshop.get_url() in mail.outbox[0].body
    mail.outbox.clear()
    keepers = Keepers(contacts=lambda page: {"venue@example.tj"}, country=lambda page: page.country)
    monkeypatch.setitem(_keepers, Workshop, keepers)
    for url in urls.values():
        send(client, url, REMOTE_ADDR="192.0.2.7")  # what one network may send at once is spent
    assert [letter.recipients() for letter in mail.outbox] == [["venue@example.tj"], ["focal@example.tj"]]


def test_the_list_of_withdrawn_pages_takes_pages_of_registered_kinds_only(
    client, workshop, practice, superuser, tree
):
    client.force_login(superuser, backend="accounts.backends.PortalBackend")
    add = reverse("wagtailsnippets_indexing_withdrawal:add")
    offered = client.get(add).content.decode()
    assert "toy_kind.workshop" in offered
    assert "practices.practicepage" in offered
    for page, is_taken in ((workshop, True), (practice, True), (tree.section("kazakhstan"), False)):
        answer = client.post(add, {"page": page.pk, "replaced_by": "", "reason_en": "It took place."})
        assert (answer.status_code == 302) is is_taken, page
    assert set(Withdrawal.objects.values_list("key", flat=True)) == {
        workshop.translation_key,
        practice.translation_key,
    }
