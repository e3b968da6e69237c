"""The outbox: mail goes after the commit, to a real mail server, whatever happens to the server or to the worker."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone
from hypothesis import settings

from core import outbox
from core.outbox import Mail, MailServerUnavailable, send_due
from tests.support.killing import end, start, traced
from tests.support.smtp import smtp_server

pytestmark = pytest.mark.slow

SOAK = settings.get_current_profile_name() == "soak"
KILLS = 30
REFUSED = {"550@example.org": "550 unknown", "451@example.org": "451 greylisted"}


class MailServer:
    """A real SMTP server; keeps what it takes, and refuses some recipients and some content."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.shuts_down = False

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:
        if refusal := REFUSED.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:
        if self.shuts_down:
            return "421 closing"
        if b"malware" in envelope.content:
            return "554 no"
        self.taken += [(address, envelope.content) for address in envelope.rcpt_tos]
        return "250 OK"


@pytest.fixture
def server(monkeypatch) -> Iterator[MailServer]:
    handler = MailServer()
    with smtp_server(handler, monkeypatch):
        yield handler


def write(*to: str, text: str = "Hello", **more) -> None:
    send_mail("Subject", text, None, list(to), **more)


def recipients(server: MailServer) -> list[str]:
    return sorted(address for address, _content in server.taken)


@pytest.mark.django_db
def test_it_goes_with_the_change_or_not_at_all(server):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write("undone@example.org")
        raise ZeroDivisionError
    write("saved@example.org")
    assert not server.taken
    assert send_due().sent == 1
    assert recipients(server) == ["saved@example.org"]
    assert send_due().sent == 0


@pytest.mark.django_db
def test_a_letter_arrives_as_it_was_written(server):
    letter = EmailMultiAlternatives(
        "Новая практика", "Школы в сети\n.\nконец " + "длинно " * 200, to=["Айгуль <to@example.org>"],
        cc=["cc@example.org"], bcc=["hidden@example.org", "cc@example.org"], reply_to=["reader@example.org"],
        headers={"Message-ID": "<1@example.org>"},
    )  # fmt: skip
    letter.attach_alternative("<p>Школы</p>", "text/html")
    letter.attach("file.bin", bytes(range(256)), "application/octet-stream")
    letter.send()
    send_due()
    assert recipients(server) == ["cc@example.org", "hidden@example.org", "to@example.org"]
    for _address, content in server.taken:
        message = message_from_bytes(content, policy=policy.default)
        assert message["Subject"] == "Новая практика"
        assert message["Message-ID"] == "<1@example.org>"
        assert message["Reply-To"] == "reader@example.org"
        assert b"hidden" not in content
        assert message.get_body(("plain",)).get_content().split() == letter.body.split()
        assert message.get_body(("html",)).get_content().strip() == "<p>Школы</p>"
        assert next(message.iter_attachments()).get_content() == bytes(range(256))


@pytest.mark.django_db
def test_what_is_refused_holds_up_no_other_waits_longer_each_time_and_is_given_up(server):
    write("first@example.org", "550@example.org", "451@example.org", "last@example.org")
    write("to@example.org", text="malware")
    given_up = []
    outbox.mail_given_up.connect(
        lambda message_id, **_: given_up.append(message_id), weak=False, dispatch_uid="test"
    )
    passed = send_due()
    assert (passed.sent, passed.refused) == (2, 3)
    assert recipients(server) == ["first@example.org", "last@example.org"]

    pauses = []
    while Mail.objects.waiting().exists():
        longest = max(Mail.objects.waiting().values_list("due", flat=True))
        pauses.append(longest - timezone.now())
        Mail.objects.waiting().update(
            due=timezone.now(), created=timezone.now() - timedelta(days=len(pauses))
        )
        send_due()
    outbox.mail_given_up.disconnect(dispatch_uid="test")
    assert pauses == sorted(pauses)
    assert len(pauses) == 4
    assert len(given_up) == 3
    assert Mail.objects.refused().count() == 3
    assert "550" in Mail.objects.get(recipient="550@example.org").error
    assert len(server.taken) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("absence", ["nobody listens", "no such host", "shuts down", "refuses the password"])
def test_while_the_server_is_away_all_waits_without_loss(server, monkeypatch, absence):
    for number in range(3):
        write(f"reader{number}@example.org")
    with monkeypatch.context() as away:
        if absence == "nobody listens":
            away.setattr(portal, "EMAIL_PORT", 9)
        elif absence == "no such host":
            away.setattr(portal, "EMAIL_HOST", "mail.invalid")
        elif absence == "shuts down":
            away.setattr(server, "shuts_down", True)
        else:
            away.setattr(portal, "EMAIL_HOST_USER", "portal")
            away.setattr(portal, "EMAIL_HOST_PASSWORD", "wrong")
        for _ in range(30):
            with pytest.raises(MailServerUnavailable):
                send_due()
            Mail.objects.update(due=timezone.now())
    assert not Mail.objects.refused().exists()
    assert send_due().sent == 3
    assert len(server.taken) == 3


@pytest.mark.django_db
def test_what_was_sent_is_emptied_at_once_and_forgotten_after_thirty_days(server):
    write("reader@example.org", text="https://portal.example/reset/secret/")
    send_due()
    assert bytes(Mail.objects.get().content) == b""
    assert outbox.purge(timezone.now() + timedelta(days=29)) == 0
    write("waits@example.org")
    assert outbox.purge(timezone.now() + timedelta(days=31)) == 1
    assert Mail.objects.get().recipient == "waits@example.org", "what waits is never forgotten"


@pytest.mark.django_db
@pytest.mark.parametrize("backend", ["console", "filebased", "locmem"])
def test_any_of_djangos_backends_delivers(server, monkeypatch, tmp_path, capsys, backend):
    monkeypatch.setattr(portal, "EMAIL_DELIVERY_BACKEND", f"django.core.mail.backends.{backend}.EmailBackend")
    monkeypatch.setattr(portal, "EMAIL_FILE_PATH", str(tmp_path), raising=False)
    write("reader@example.org", text="Школы")
    assert send_due().sent == 1
    if backend == "locmem":
        assert mail.outbox[0].recipients() == ["reader@example.org"]
        return
    printed = capsys.readouterr().out if backend == "console" else next(tmp_path.iterdir()).read_text()
    message = message_from_bytes(printed.split("-" * 79)[0].encode(), policy=policy.default)
    assert message.get_content().strip() == "Школы"


@pytest.mark.drill
def test_killed_at_any_line_nothing_is_lost_and_copies_have_one_message_id(committed, server):
    folder = str(Path(outbox.__file__))
    write("warm@example.org")
    send_due()
    write("warm@example.org")
    lines = traced(send_due, folder, None)
    points = range(1, 2 * lines, 1 if SOAK else max(1, 2 * lines // KILLS))
    for line in points:
        Mail.objects.all().delete()
        server.taken.clear()
        for number in range(2):
            write(f"reader{number}@example.org", f"reader{number}b@example.org")
        with suppress(AssertionError):  # the last points may lie behind the end
            assert end(start(partial(traced, send_due, folder, line))) == -signal.SIGKILL
        send_due()
        copies = Counter(server.taken)
        assert len(copies) == 4, f"killed at line {line}: {recipients(server)}"
        assert sum(copies.values()) <= 5, f"killed at line {line}: {recipients(server)}"
        assert Mail.objects.exclude(sent=None).count() == 4


def by_recipient(server: MailServer) -> dict[str, EmailMessage]:
    return {address: message_from_bytes(content, policy=policy.default) for address, content in server.taken}


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", [["a@example.org"], ["a@example.org", "b@example.org", "c@пример.рф"]])
def test_whom_nobody_else_may_know_stands_alone_in_to(server, hidden):
    """Spam filters count a letter without To against its sender."""
    EmailMultiAlternatives("Subject", "Text", bcc=hidden).send()
    assert send_due().sent == len(hidden)
    letters = by_recipient(server)
    assert [letter.get_all("To") for letter in letters.values()] == [[address] for address in letters]
    assert len({letter["Message-ID"] for letter in letters.values()}) == 1
    for address, content in server.taken:
        assert not [other for other in letters if other != address and other.encode() in content]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "expected"),
    [({}, "auto-generated"), ({"auto-submitted": "auto-replied"}, "auto-replied")],
)
def test_every_letter_says_that_no_person_sent_it(server, headers, expected):
    EmailMultiAlternatives("Subject", "Text", to=["to@example.org"], headers=headers).send()
    send_due()
    assert by_recipient(server)["to@example.org"].get_all("Auto-Submitted") == [expected]
