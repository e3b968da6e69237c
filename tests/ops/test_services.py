"""What `ops/services` says and whom it would end; that it starts its services is seen by every `make test`."""

import os
import runpy
import subprocess
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[2] / "ops" / "services"


@pytest.mark.parametrize("arguments", [["up", "elasticsearch"], ["up", "mysql"], ["restart"], []])
def test_what_it_does_not_know_fails_with_a_word(arguments):
    ended = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)

    assert ended.returncode == 2
    assert ended.stderr and not ended.stdout


def test_a_process_that_took_over_the_id_is_not_the_server(tmp_path):
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n")

    assert runpy.run_path(str(PROGRAM))["server_pid"](str(tmp_path)) is None


def test_no_server_without_its_file(tmp_path):
    assert runpy.run_path(str(PROGRAM))["server_pid"](str(tmp_path)) is None
