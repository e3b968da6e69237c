"""No page is kept yet, and what the database has after a write."""

from collections import Counter

import pytest
from django.core.cache import caches

from usage.facts import Event
from usage.models import DailyCount
from usage.writer import write

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["pages"].clear()


def written() -> Counter[tuple[str, str, str, str]]:
    """What the database has after a write: (event, language, countries, detail) -> number, machines' events in capitals."""
    write()
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for row in DailyCount.objects.exclude(event=Event.NEW_TEXT):
        event = row.event.upper() if row.is_bot else row.event
        counts[event, row.language, row.countries, row.detail] += row.number
    return +counts
