"""Real processes for drills: started, traced line by line, and killed."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from django.db import connections


def start(work: Callable[[], object]) -> int:
    """A child that does the work and ends with 0. Both get connections of their own."""
    connections.close_all()
    if child := os.fork():
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def end(child: int) -> int:
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def traced(work: Callable[[], object], folder: str, die_at: int | None) -> int:
    """Do the work, counting the lines of the files whose path begins so; at line `die_at` nothing more happens."""
    passed = 0

    def line(frame: FrameType, event: str, _argument: object):
        nonlocal passed
        if event == "line":
            passed += 1
            if passed == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return line

    def call(frame: FrameType, _event: str, _argument: object):
        return line if frame.f_code.co_filename.startswith(folder) else None

    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(None)
    return passed
