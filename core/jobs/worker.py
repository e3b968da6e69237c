"""The worker: one process that runs jobs, keeps the timetable, and each registered loop in a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import Error, close_old_connections, connection

from core.jobs.registry import Pause, loops
from core.jobs.running import run_next
from core.jobs.timetable import enqueue_due

logger = logging.getLogger(__name__)
IDLE, LONGEST_PAUSE = 0.5, 30.0
# Seconds. The scheduled jobs query the database for work, which at 100,000 pages takes 20 ms.
TIMETABLE_EVERY = 5.0


def work(stop: threading.Event) -> bool:
    """Work until `stop` is set. Return False if a loop raised an exception, which stops the others too."""
    broken: list[str] = []
    threads = [
        threading.Thread(target=_guarded, args=(name, loop, stop, broken), name=name, daemon=True)
        for name, loop in loops.items()
    ]
    for thread in threads:
        thread.start()
    _guarded("jobs", run_jobs, stop, broken)
    for thread in threads:
        thread.join()
    return not broken


def run_jobs(pause: Pause) -> None:
    """Run jobs and the timetable until `pause(seconds)` returns True; retry after database errors."""
    failures, look_at = 0, 0.0
    while True:
        try:
            if time.monotonic() >= look_at:
                enqueue_due()
                look_at = time.monotonic() + TIMETABLE_EVERY
            job = run_next(stop=lambda: pause(0))
            failures, seconds = 0, 0.0 if job else IDLE
        except Error as failure:
            failures += 1
            seconds = min(IDLE * 2**failures, LONGEST_PAUSE)
            logger.warning("The database does not answer, attempt %d: %s", failures, failure)
        close_old_connections()
        if pause(seconds):
            return


def run_all(most: int = 1000) -> int:
    """Run every due job to its end in this process, for commands and tests. Return the number of turns."""
    turns = 0
    while turns < most and run_next():
        turns += 1
    return turns


def _guarded(name: str, work: Callable[[Pause], None], stop: threading.Event, broken: list[str]) -> None:
    """Run a loop; an exception ends the whole process, which is then restarted, since half a worker would go unnoticed."""
    try:
        work(stop.wait)
    except Exception:
        logger.exception("%s broke off; the worker ends.", name)
        broken.append(name)
        stop.set()
    finally:
        connection.close()
