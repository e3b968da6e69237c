"""The way out of mail: what Wagtail's notifications take for a mail server that is away."""

import smtplib
import socket

import pytest
from django.core.mail import get_connection
from django.core.mail.backends import smtp


@pytest.mark.parametrize(
    "failure",
    [
        socket.gaierror(-2, "Name or service not known"),
        OSError(101, "Network is unreachable"),
        smtplib.SMTPAuthenticationError(535, b"bad"),
    ],
)
def test_whatever_keeps_mail_from_going_is_a_connection_that_failed(monkeypatch, failure):
    def refuse(self):
        raise failure

    monkeypatch.setattr(smtp.EmailBackend, "open", refuse)
    with pytest.raises(ConnectionError):
        get_connection("core.mail.EmailBackend").open()
