"""Add counts to the rows of the database, in one transaction; several processes add to the same rows."""

from collections import Counter, defaultdict
from datetime import date

from django.db import connection, transaction

from usage.facts import Count, Event, Fact, TextCount
from usage.memory import Item
from usage.models import DailyCount, SearchedText

# New texts of a day, in both languages together.
MOST_NEW_TEXTS = 1000
ADD_COUNT = """
INSERT INTO usage_dailycount (day, language, is_bot, event, countries, record, detail, number)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (day, event, language, countries, record, detail, is_bot)
DO UPDATE SET number = usage_dailycount.number + excluded.number
"""
ADD_TEXT = """
INSERT INTO usage_searchedtext (day, language, text, number, in_vain) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (day, language, text)
DO UPDATE SET number = usage_searchedtext.number + excluded.number,
              in_vain = usage_searchedtext.in_vain + excluded.in_vain
"""

# (language, text) -> how often it was searched for, and how often in vain.
Texts = dict[tuple[str, str], tuple[int, int]]


def store(items: Counter[Item]) -> None:
    """Add the items to the rows of their days. Raises errors of the database; then nothing is written."""
    counts = Counter({item: number for item, number in items.items() if isinstance(item, Count)})
    texts_by_day: defaultdict[date, Texts] = defaultdict(dict)
    for item, number in items.items():
        if isinstance(item, TextCount):
            texts = texts_by_day[item.day]
            asked, in_vain = texts.get((item.language, item.text), (0, 0))
            texts[item.language, item.text] = (asked + number, in_vain + (0 if item.found else number))
    if not items:
        return
    with transaction.atomic():
        # Texts first, and rows in one order: two processes wait for each other instead of ending in a deadlock.
        for day in sorted(texts_by_day):
            _add_texts(day, texts_by_day[day])
        _add_counts(counts)


def _add_counts(counts: Counter[Count]) -> None:
    rows = sorted(
        (item.day.isoformat(), item.language, item.is_bot, *item.fact, number)
        for item, number in counts.items()
    )
    with connection.cursor() as cursor:
        cursor.executemany(ADD_COUNT, rows)


def _add_texts(day: date, texts: Texts) -> None:
    """Add the texts of a day, of new ones no more than MOST_NEW_TEXTS."""
    new_texts = Count(day, "", False, Fact(Event.NEW_TEXT))
    # Locks the row, so that two processes do not both take the last place.
    _add_counts(Counter({new_texts: 0}))
    kept_today = DailyCount.objects.get(day=day, event=Event.NEW_TEXT).number
    known = set(
        SearchedText.objects.filter(text__in={text for _, text in texts}).values_list("language", "text")
    )
    new = sorted(set(texts) - known, key=lambda key: (-texts[key][0], key))
    new = new[: max(MOST_NEW_TEXTS - kept_today, 0)]
    rows = sorted((day.isoformat(), *key, *texts[key]) for key in {*new, *(known & set(texts))})
    with connection.cursor() as cursor:
        cursor.executemany(ADD_TEXT, rows)
    _add_counts(Counter({new_texts: len(new)}))
