"""A real SMTP server for tests, to which the portal delivers from its outbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.conf import settings as portal


class Recipients:
    """A handler that accepts everything and keeps it by the recipient of the envelope."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:
        self.contents |= dict.fromkeys(envelope.rcpt_tos, envelope.content)
        return "250 OK"

    def letters(self) -> dict[str, EmailMessage]:
        return {
            recipient: message_from_bytes(content, policy=policy.default)
            for recipient, content in self.contents.items()
        }


@contextmanager
def smtp_server(handler: object, monkeypatch: pytest.MonkeyPatch, **options: bool) -> Iterator[None]:
    """Serve with aiosmtpd's `handler`; `options` are those of its SMTP class."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
    controller.start()
    monkeypatch.setattr(portal, "EMAIL_BACKEND", "core.mail.OutboxBackend")
    monkeypatch.setattr(portal, "EMAIL_DELIVERY_BACKEND", "core.mail.EmailBackend")
    monkeypatch.setattr(portal, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(portal, "EMAIL_PORT", port)
    try:
        yield
    finally:
        controller.stop()
