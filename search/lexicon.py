"""The lexicon: the words of all records, for corrections and prefixes."""

from threading import Lock

from django.db import connection

from indexing.models import LexiconWord

_lexicon: list[str] = []
_last_word = 0
# Threads that read at once would add each word several times.
_reading = Lock()


def lexicon() -> list[str]:
    """Return all words of the lexicon.

    They are cached, and each call adds the new ones. Inside a transaction the cache is not used, since the transaction
    may be rolled back.
    """
    global _last_word
    if connection.in_atomic_block:
        return list(LexiconWord.objects.values_list("word", flat=True))
    with _reading:
        for pk, word in (
            LexiconWord.objects.filter(pk__gt=_last_word).order_by("pk").values_list("pk", "word")
        ):
            _lexicon.append(word)
            _last_word = pk
    return _lexicon
