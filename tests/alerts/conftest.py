"""Fixtures of the alerts' tests."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alerts.models import Subscription
from search.stored_queries import naming_kind


@pytest.fixture
def subscribe(db):
    """A confirmed alert: subscribe("theme=e-resilience", language="ru")."""
    return a_subscription


def a_subscription(query: str = "", email: str = "reader@example.com", **fields) -> Subscription:
    """Confirmed, its next e-mail due; kept as the form keeps it."""
    query = naming_kind(query, "practice")
    subscription = Subscription.objects.create(query=query, email=email, **{"language": "en"} | fields)
    subscription.confirm(timezone.now())
    return make_due(subscription)


def make_due(subscription: Subscription) -> Subscription:
    """As it is when its next e-mail may go."""
    Subscription.objects.filter(pk=subscription.pk).update(due=timezone.now() - timedelta(seconds=1))
    subscription.refresh_from_db()
    return subscription
