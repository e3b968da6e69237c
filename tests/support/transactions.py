"""Transactions of examples."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo all that the block saves: no later example may see it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
