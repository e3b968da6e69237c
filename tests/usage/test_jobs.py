"""Search texts are erased in time, and shown in time: neither a day later nor a day earlier than the privacy page says."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from usage.facts import TextCount
from usage.jobs import purge_texts
from usage.memory import memory
from usage.models import DAYS_UNTIL_SHOWN, RETENTION, SearchedText
from usage.writer import write

pytestmark = pytest.mark.django_db


def searched(text: str, *days_ago: int) -> None:
    today = timezone.localdate()
    memory.add(Counter({TextCount(today - timedelta(days=ago), "en", text, True): 9 for ago in days_ago}))
    write()


def test_texts_are_erased_after_90_days():
    for ago in (RETENTION.days, RETENTION.days + 1):
        searched(f"{ago} days ago", ago)
    purge_texts(None)
    assert list(SearchedText.objects.values_list("text", flat=True)) == ["90 days ago"]


def test_a_text_is_shown_from_its_third_day_on():
    searched("three days", *range(DAYS_UNTIL_SHOWN))
    searched("many times on two days", 0, 40)
    searched("before the promise", *range(RETENTION.days + 1, RETENTION.days + 5))
    assert [row.text for row in SearchedText.objects.shown()] == ["three days"], "the purge may be late"
