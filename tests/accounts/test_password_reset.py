"""A new password, by a link in an e-mail, and addresses that are confirmed: guessers learn nothing."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from bs4 import BeautifulSoup
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts import views
from accounts.lock import MOST_FOR_NAME
from core.models import ThrottleEvent
from core.outbox import send_due
from tests.accounts.signing_in import RESET, SIGN_IN, signed_in_as, try_password
from tests.factories.accounts import PASSWORD
from tests.support.smtp import Recipients, smtp_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting"), pytest.mark.sqlite_suffices]


def ask_for_reset(email, ip="192.0.2.1"):
    return Client().post(RESET, {"email": email}, REMOTE_ADDR=ip)


def link_of(letter):
    return re.search(r"http://\S+", letter.body)[0]


def test_a_new_password_is_chosen_by_the_link_of_a_letter(client, alice, settings):
    response = client.post(
        "/ru/accounts/password/reset/", {"email": "Alice@example.org"}, headers={"host": "testserver"}
    )
    assert response.url == "/ru/accounts/password/reset/done/"
    [letter] = mail.outbox
    assert letter.to == [alice.email]
    assert "alice" in letter.body
    assert re.search("[а-я]", letter.subject)
    link = link_of(letter)
    assert link.startswith(f"{settings.SITE_ADDRESS}/ru/")
    path = link.removeprefix(settings.SITE_ADDRESS)
    form = client.get(path).url
    chosen = {"password1": "an entirely new phrase", "password2": "an entirely new phrase"}
    short = BeautifulSoup(client.post(form, {"password1": "a", "password2": "a"}).content, "html.parser")
    assert short.select_one(".field__error")
    assert client.post(form, chosen).url == "/ru/accounts/password/reset/key/done/"
    assert not signed_in_as(try_password(PASSWORD))
    assert signed_in_as(try_password("an entirely new phrase"))
    assert "больше не действует" in client.get(path).content.decode(), "a link is good once"
    for number in range(MOST_FOR_NAME):
        try_password("guess", ip=f"198.51.100.{number}")
    assert signed_in_as(try_password("an entirely new phrase", ip="203.0.113.9", client=client)), (
        "nobody is locked out"
    )


def test_a_new_password_ends_the_lock_on_every_device(client, alice, settings):
    for _ in range(5):
        try_password("guess", ip="198.51.100.7")
    assert try_password(PASSWORD, ip="198.51.100.7").status_code == 429
    client.post(RESET, {"email": alice.email})
    form = client.get(link_of(mail.outbox[0]).removeprefix(settings.SITE_ADDRESS)).url
    phrase = "an entirely new phrase"
    client.post(form, {"password1": phrase, "password2": phrase})
    assert signed_in_as(try_password(phrase, ip="198.51.100.7"))


def test_the_letter_asks_for_no_holiday_reply(alice, monkeypatch):
    arrived = Recipients()
    with smtp_server(arrived, monkeypatch):
        ask_for_reset(alice.email)
        send_due()
    assert arrived.letters()[alice.email]["Auto-Submitted"] == "auto-generated"


def test_the_answer_tells_nobody_which_addresses_are_known(alice, rf):
    """No letter is written, nobody looked up, before the answer has gone."""
    seen = {}
    for email in (alice.email, "nobody@example.org"):
        request = rf.post(RESET, {"email": email})
        request.session, request.user = {}, alice
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = views.AskForResetView.as_view()(request)
        shapes = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
        seen[email] = (response.status_code, response.url, shapes)
        assert not mail.outbox
        response.afterwards()  # by its close(), which ends the connection to the database too
        assert len(mail.outbox) == (email == alice.email)
        mail.outbox.clear()
    known, unknown = seen.values()
    assert known == unknown


def test_an_address_that_no_mail_reaches_is_an_error_of_the_form(db):
    response = ask_for_reset("alice@☺.la")
    assert response.status_code == 200
    assert "Enter a valid email address" in response.content.decode()


def test_thirty_requests_do_not_send_thirty_letters(alice):
    spellings = [alice.email, "Alice@Example.org", "alice+1@example.org"]
    answers = {ask_for_reset(spellings[number % 3], f"192.0.2.{number}").url for number in range(30)}
    assert len(answers) == 1
    assert len(mail.outbox) <= views.RESET_EMAILS_PER_MAILBOX.limit
    assert ThrottleEvent.objects.exists()


def test_one_client_asks_for_so_many(alice):
    limit = views.RESETS_PER_CLIENT.limit
    answers = [ask_for_reset(f"{number}@example.org").status_code for number in range(limit + 1)]
    assert answers == [302] * limit + [429]


@pytest.mark.parametrize(("path", "goal"), [
    ("", RESET), ("done/", RESET), ("complete/", SIGN_IN), ("confirm/MQ/set-password/", RESET), ("confirm/@@/x-y/", RESET),
])  # fmt: skip
def test_wagtails_addresses_of_the_reset_lead_to_ours(client, tree, path, goal):
    assert client.get(f"/admin/password_reset/{path}").url == goal


def test_a_link_of_a_letter_that_wagtail_sent_is_still_good(client, alice):
    uid, token = urlsafe_base64_encode(force_bytes(alice.pk)), default_token_generator.make_token(alice)
    response = client.get(f"/admin/password_reset/confirm/{uid}/{token}/", follow=True)
    assert response.status_code == 200
    assert b'name="password1"' in response.content


def test_an_address_is_confirmed_by_a_press_of_a_button(client, alice):
    address = EmailAddress.objects.create(user=alice, email=alice.email, primary=True)
    path = reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(address).key])
    assert alice.email in client.get(path).content.decode()
    assert not EmailAddress.objects.get().verified, "a scanner of links confirms nothing"
    client.post(path)
    assert EmailAddress.objects.get().verified
