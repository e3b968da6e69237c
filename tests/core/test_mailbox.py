"""Addresses go to the domain that was typed (IDNA 2008: ß and ς are letters of their own), and what has none is refused."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives

from core.mailbox import canonical_address, mailbox_key, readable_address, validate_address
from core.outbox import send_due
from core.reader_forms import CleanEmail
from tests.support.smtp import Recipients, smtp_server

# What is typed, the domain that mail is sent to, and how it is shown to its reader.
DOMAINS = {
    "example.org": ("example.org", "example.org"),
    "Example.ORG": ("example.org", "example.org"),
    "straße.de": ("xn--strae-oqa.de", "straße.de"),
    "STRASSE.DE": ("strasse.de", "strasse.de"),
    "STRAẞE.de": ("xn--strae-oqa.de", "straße.de"),
    "xn--strae-oqa.de": ("xn--strae-oqa.de", "straße.de"),
    "σίσυφος.gr": ("xn--kxa6ajbbmh.gr", "σίσυφος.gr"),
    "ΣΊΣΥΦΟΣ.gr": ("xn--kxa6akbbkh.gr", "σίσυφοσ.gr"),
    "пример.рф": ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
    "ПРИМЕР.РФ": ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
    "XN--E1AFMKFD.xn--p1ai": ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
    "пример.xn--p1ai": ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
    "пример。рф": ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
    "қазақстан.қаз": ("xn--80aaa0a6awh12ed.xn--80ao21a", "қазақстан.қаз"),
    "xn--ls8h.la": ("xn--ls8h.la", "xn--ls8h.la"),  # registered under IDNA 2003
    "[192.0.2.1]": ("[192.0.2.1]", "[192.0.2.1]"),
    f"{'я' * 50}.рф": (f"xn--41a{'a' * 49}.xn--p1ai", f"{'я' * 50}.рф"),
}
REFUSED = [
    "💩.la", "☺.la", "straße💩.de", "a\u200db.org", "при мер.рф", "-пример.рф", "пример..рф", "рф", f"{'ы' * 70}.рф",
    f"{'a' * 64}.org", f"{'пример.' * 20}рф", "straße_.de", "",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "domains"), DOMAINS.items())
def test_a_mailbox_is_at_the_domain_that_was_typed(typed, domains):
    sent_to, shown = domains
    validate_address(f"Reader@{typed}")
    assert CleanEmail().clean(f" reader@{typed} ") == f"reader@{typed}"
    assert canonical_address(f" Reader@{typed} ") == f"reader@{sent_to}"
    assert mailbox_key(f"Reader+news@{typed}") == f"reader@{sent_to}"
    assert readable_address(f"reader@{sent_to}") == f"reader@{shown}"


@pytest.mark.parametrize("domain", REFUSED)
def test_a_domain_that_mail_has_no_form_of_is_an_error_of_the_form(domain):
    with pytest.raises(ValidationError, match="Enter a valid email address"):
        validate_address(f"reader@{domain}")
    with pytest.raises(ValidationError, match="Enter a valid email address"):
        CleanEmail().clean(f"reader@{domain}")
    with pytest.raises(ValidationError, match="email"):
        get_user_model()(username="x", email=f"reader@{domain}").full_clean(
            exclude=["password"], validate_unique=False
        )


@pytest.mark.slow
@pytest.mark.django_db
def test_envelope_and_headers_name_the_domain_that_was_typed(monkeypatch):
    server = Recipients()
    with smtp_server(server, monkeypatch):
        EmailMultiAlternatives(
            "Subject", "Text", "Straße <portal@straße.de>", to=["Айгуль <aigul@straße.de>", "b@ΣΊΣΥΦΟΣ.gr"],
            cc=["c@σίσυφος.gr"], bcc=["d@пример.рф", "aigul@xn--strae-oqa.de"], reply_to=["e@faß.xn--p1ai"],
        ).send()  # fmt: skip
        assert send_due().sent == 4
    letters = server.letters()
    assert set(letters) == {
        "aigul@xn--strae-oqa.de", "b@xn--kxa6akbbkh.gr", "c@xn--kxa6ajbbmh.gr", "d@xn--e1afmkfd.xn--p1ai",
    }  # fmt: skip
    letter = letters["aigul@xn--strae-oqa.de"]
    assert letter["To"] == "Айгуль <aigul@xn--strae-oqa.de>, b@xn--kxa6akbbkh.gr"
    assert letter["From"] == "Straße <portal@xn--strae-oqa.de>"
    assert letter["Reply-To"] == "e@xn--fa-hia.xn--p1ai"
