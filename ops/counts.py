"""Write the counts of use of a web worker that ends."""

import threading


def write_counts() -> None:
    from django.apps import apps

    if apps.ready:  # not where the worker ends because a setting is missing
        from usage.writer import write

        write()


def write_counts_beside() -> None:
    """Write them in a thread, while the worker finishes its responses: one that takes too long is killed with the rest."""
    threading.Thread(target=_write, name="write-counts", daemon=True).start()


def _write() -> None:
    from django.db import connection

    try:
        write_counts()
    finally:
        connection.close()
