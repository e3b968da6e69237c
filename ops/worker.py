"""The worker beside the server: `manage.py worker`, started again when it dies, ended with the server.

`python -m ops.worker` is the supervisor, a small process of its own, so that it suits any server: it watches the worker,
and it ends when the process that started it is gone, whatever ended that.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_END = 10
LOOK_EVERY = 0.5
# A worker that dies at once is started again after growing pauses; one that lived so long, after the shortest.
SHORTEST_PAUSE, LONGEST_PAUSE, LIVED = 0.5, 30.0, 60.0


def start() -> subprocess.Popen[bytes]:
    """A supervisor with its worker, for the process that calls."""
    return subprocess.Popen([sys.executable, "-m", "ops.worker"], cwd=ROOT)


def end(process: "subprocess.Popen[bytes] | None") -> None:
    """Ask it to end and wait until it has."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(SECONDS_TO_END + 2)
    except subprocess.TimeoutExpired:
        process.kill()


def supervise(command: list[str]) -> None:
    """Keep the command running until this process is told to end or its parent is gone."""
    parent, stop = os.getppid(), threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    pause = SHORTEST_PAUSE
    while not stop.is_set() and os.getppid() == parent:
        started = time.monotonic()
        worker = subprocess.Popen(command, cwd=ROOT)
        while worker.poll() is None and not stop.wait(LOOK_EVERY) and os.getppid() == parent:
            pass
        if worker.poll() is None:
            _end_worker(worker)
            return
        pause = SHORTEST_PAUSE if time.monotonic() - started > LIVED else min(pause * 2, LONGEST_PAUSE)
        print(
            f"The worker ended with {worker.returncode} and is started again in {pause:.1f} s.",
            file=sys.stderr,
        )
        stop.wait(pause)


def _end_worker(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        worker.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(1)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")  # as portal.wsgi has it
    supervise([sys.executable, "manage.py", "worker"])
