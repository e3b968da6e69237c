"""Count what no visit to a page shows, such as a form that was sent."""

from collections import Counter
from functools import partial

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from usage.bots import is_bot
from usage.facts import Count, Fact
from usage.memory import Item, memory
from usage.writer import start_writer


def count(fact: Fact, request: HttpRequest, language: str) -> None:
    """Count the fact once the transaction of the request is saved; of the request only whether a machine sent it is read."""
    by_bot = is_bot(request.headers.get("User-Agent", ""))
    transaction.on_commit(partial(_add, Count(timezone.localdate(), language, by_bot, fact)))


def _add(item: Item) -> None:
    memory.add(Counter([item]))
    start_writer()
