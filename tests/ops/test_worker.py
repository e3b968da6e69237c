"""The worker is started again when it dies, and ends with whoever started it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 60
WORKER = "import os, sys, time; print(os.getpid(), file=open({file!r}, 'a')); time.sleep(600)"
SUPERVISOR = "import sys; from ops.worker import supervise; supervise([sys.executable, '-c', {worker!r}])"
SERVER = (
    "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {supervisor!r}]); time.sleep(600)"
)


def test_it_is_started_again_and_ends_with_its_server(tmp_path):
    file = tmp_path / "workers"
    supervisor = SUPERVISOR.format(worker=WORKER.format(file=str(file)))
    server = subprocess.Popen([sys.executable, "-c", SERVER.format(supervisor=supervisor)], cwd=ROOT)
    try:
        for killed in range(2):
            until(lambda number=killed: len(workers(file)) == number + 1)
            os.kill(workers(file)[-1], signal.SIGKILL)
        until(lambda: len(workers(file)) == 3)
    finally:
        server.kill()
        server.wait()
    last = workers(file)[-1]
    until(lambda: not Path(f"/proc/{last}").exists())


def workers(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().splitlines()] if file.exists() else []
