"""Supervisor of the jobs worker `manage.py worker`: restarts it when it dies and ends it with the server.

`python -m ops.worker` is a small process of its own, so it works with any server: it watches the worker and ends when the
process that started it has ended for whatever reason.
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
# Seconds. A worker that dies at once is restarted after growing pauses; one that ran for STABLE_AFTER, after the shortest.
SHORTEST_PAUSE, LONGEST_PAUSE, STABLE_AFTER = 0.5, 30.0, 60.0


def start() -> subprocess.Popen[bytes]:
    """Start a supervisor with its worker as a child of this process."""
    return subprocess.Popen([sys.executable, "-m", "ops.worker"], cwd=ROOT)


def end(process: "subprocess.Popen[bytes] | None") -> None:
    """Terminate the supervisor and wait until it has ended."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(SECONDS_TO_END + 2)
    except subprocess.TimeoutExpired:
        process.kill()


def supervise(command: list[str]) -> None:
    """Keep the command running until this process is terminated or its parent has ended."""
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
        pause = SHORTEST_PAUSE if time.monotonic() - started > STABLE_AFTER else min(pause * 2, LONGEST_PAUSE)
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
