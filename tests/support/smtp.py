"""A real SMTP server for tests, to which the portal delivers from its outbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as portal


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
