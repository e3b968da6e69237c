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
