"""Whose requests are counted; and the counts of what no visit to a page shows, such as a form that was sent."""

from collections import Counter
from functools import partial

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from usage.bots import is_bot
from usage.facts import Count, Fact
from usage.memory import Item, memory
from usage.writer import start_writer


def is_a_readers(request: HttpRequest) -> bool:
    """Return whether somebody without an account asks, and will see the answer: a browser that fetches ahead may drop it."""
    meta = request.META
    is_ahead = "prefetch" in meta.get("HTTP_SEC_PURPOSE", "").lower()
    return not is_ahead and settings.SESSION_COOKIE_NAME not in request.COOKIES


def count(fact: Fact, request: HttpRequest, language: str) -> None:
    """Count the fact once the transaction of the request is saved, unless somebody with an account sent it.

    Of the request only this is read, and whether a machine sent it.
    """
    if not is_a_readers(request):
        return
    by_bot = is_bot(request.headers.get("User-Agent", ""))
    transaction.on_commit(partial(_add, Count(timezone.localdate(), language, by_bot, fact)))


def _add(item: Item) -> None:
    memory.add(Counter([item]))
    start_writer()
