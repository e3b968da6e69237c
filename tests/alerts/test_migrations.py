"""Alerts of earlier databases go on telling of what was subscribed to."""

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from alerts.models import Subscription

pytestmark = pytest.mark.django_db
queries_name_their_kind = import_module("alerts.migrations.0005_queries_name_their_kind")


def an_alert(query: str, confirmed: datetime | None = None, **fields: str) -> Subscription:
    fields = {"email": "reader@example.com", "language": "ru"} | fields
    return Subscription.objects.create(query=query, confirmed=confirmed, **fields)


def kept(*alerts: Subscription) -> list[str | None]:
    """What each of them asks now; None of one that is gone."""
    queries = dict(Subscription.objects.values_list("pk", "query"))
    return [queries.get(alert.pk) for alert in alerts]


def test_alerts_of_before_are_on_practices():
    alerts = (
        an_alert(""),
        an_alert("q=school&country=KZ"),
        an_alert("kind=event"),
        an_alert("", language="en"),
    )
    for _repeated in range(2):
        queries_name_their_kind.name_kind(apps, None)
        assert kept(*alerts) == [
            "kind=practice",
            "q=school&kind=practice&country=KZ",
            "kind=event",
            "kind=practice",
        ]


@pytest.mark.parametrize(
    ("without_kind", "with_kind", "stays"),
    [(2, 1, "without"), (1, 2, "with"), (None, 1, "with"), (1, None, "without"), (None, None, "without")],
)
def test_of_two_that_become_one_the_one_confirmed_first_stays(without_kind, with_kind, stays):
    """Numbers are days since the confirmation."""
    times = [days and timezone.now() - timedelta(days=days) for days in (without_kind, with_kind)]
    alerts = an_alert("theme=gender", times[0]), an_alert("kind=practice&theme=gender", times[1])
    queries_name_their_kind.name_kind(apps, None)
    query = "kind=practice&theme=gender"
    assert kept(*alerts) == ([query, None] if stays == "without" else [None, query])


one_spelling = import_module("alerts.migrations.0006_one_spelling_of_a_mailbox")


@pytest.mark.parametrize(
    ("days_of_idn", "days_of_punycode", "stays"),
    [(2, 1, "idn"), (1, 2, "punycode"), (None, 1, "punycode"), (1, None, "idn"), (None, None, "idn")],
)
def test_of_two_spellings_of_a_mailbox_the_alert_confirmed_first_stays(days_of_idn, days_of_punycode, stays):
    times = [days and timezone.now() - timedelta(days=days) for days in (days_of_idn, days_of_punycode)]
    idn = an_alert("kind=practice", times[0], email="reader@пример.рф")
    punycode = an_alert("kind=practice", times[1], email="reader@xn--e1afmkfd.xn--p1ai")
    others = [
        an_alert("q=school&kind=practice", email="reader@пример.рф"),
        an_alert("kind=practice", email=f"reader@{'ы' * 70}.рф"),
    ]
    for _repeated in range(2):
        one_spelling.spell_mailboxes_alike(apps, None)
        emails = dict(Subscription.objects.values_list("pk", "email"))
        one = {(idn if stays == "idn" else punycode).pk: "reader@xn--e1afmkfd.xn--p1ai"}
        assert emails == one | {
            others[0].pk: "reader@xn--e1afmkfd.xn--p1ai", others[1].pk: others[1].email
        }  # fmt: skip


def test_a_domain_that_was_spelled_out_stays_the_domain_that_was_typed():
    typed = an_alert("kind=practice", email="reader@straße.de")
    another = an_alert("kind=practice", email="reader@strasse.de")
    one_spelling.spell_mailboxes_alike(apps, None)
    assert dict(Subscription.objects.values_list("pk", "email")) == {
        typed.pk: "reader@xn--strae-oqa.de", another.pk: "reader@strasse.de"
    }  # fmt: skip
