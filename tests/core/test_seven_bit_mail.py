"""What leaves is 7-bit already, so that no relay encodes it anew and breaks its signature; and it says who writes."""

from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.outbox import Mail, send_due
from tests.support.smtp import smtp_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)


class OldServer:
    """An SMTP server that offers neither 8BITMIME nor SMTPUTF8 and refuses a line with a byte above 127."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.taken.append((envelope.mail_from, envelope.content))
        return "250 OK"


@pytest.fixture
def server(monkeypatch) -> Iterator[OldServer]:
    handler = OldServer()
    with smtp_server(handler, monkeypatch, decode_data=True):
        yield handler


def arrived(server):
    """The one letter that the server took: envelope's sender, and the message."""
    send_due()
    assert not Mail.objects.waiting().exists(), list(Mail.objects.values_list("error", flat=True))
    [(sender, content)] = server.taken
    server.taken.clear()
    content.encode("ascii")
    assert max(map(len, content.splitlines())) <= 998
    return sender, message_from_bytes(content.encode(), policy=policy.default)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=LETTERS, text=LETTERS, long=st.booleans(), file=LETTERS)
def test_any_letter_passes_an_old_server_as_it_was_written(server, subject, text, long, file):
    text = " ".join([text] * (500 if long else 1))
    letter = EmailMultiAlternatives(
        subject, text, to=["Айгуль <aigul@пример.рф>"], reply_to=["Читатель <reader@example.org>"],
        headers={"List-Id": "Рассылка <alerts.example.org>"},
    )  # fmt: skip
    letter.attach_alternative(f"<p>{text}</p>", "text/html")
    letter.attach("файл.csv", f"а;{file}", "text/csv")
    letter.attach("file.bin", bytes(range(256)), "application/octet-stream")
    letter.send()
    _, message = arrived(server)
    encodings = {part["Content-Transfer-Encoding"] for part in message.walk() if not part.is_multipart()}
    assert encodings <= {"quoted-printable", "base64", "7bit"}
    assert message.get_body(("plain",)).get_content().rstrip("\n") == text
    assert message.get_body(("html",)).get_content().rstrip("\n") == f"<p>{text}</p>"
    assert next(message.iter_attachments()).get_content().rstrip("\n") == f"а;{file}"
    assert str(message["To"]) == "Айгуль <aigul@xn--e1afmkfd.xn--p1ai>"


@pytest.mark.parametrize(
    ("language", "configured", "sender"),
    [
        ("en", "portal@speca.example", "SPECA good practices <portal@speca.example>"),
        ("ru", "portal@speca.example", "Передовой опыт СПЕКА <portal@speca.example>"),
        ("ru", "Секретариат <portal@speca.example>", "Секретариат <portal@speca.example>"),
        ("en", "portal@пример.рф", "SPECA good practices <portal@xn--e1afmkfd.xn--p1ai>"),
    ],
)
def test_the_sender_has_a_name_and_the_envelope_its_address_alone(server, language, configured, sender):
    with override(language):
        send_mail("Subject", "Text", configured, ["to@example.org"])
    envelope, message = arrived(server)
    assert str(message["From"]) == sender
    assert f"<{envelope}>" in sender
