"""What `ops/services` says and whom it would end; that it starts its services is seen by every `make test`."""

import os
import subprocess
from pathlib import Path

import pytest

from ops.native import elasticsearch, machine, postgres

pytestmark = pytest.mark.sqlite_suffices

PROGRAM = Path(__file__).resolve().parents[2] / "ops" / "services"


@pytest.mark.parametrize(
    "arguments", [["up", "mysql"], ["restart"], ["start-node"], ["start-node", "elasticsearch"], []]
)
def test_what_it_does_not_know_fails_with_a_word(arguments):
    ended = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)

    assert ended.returncode == 2
    assert ended.stderr
    assert not ended.stdout


@pytest.mark.parametrize(("service", "file"), [(postgres, "postmaster.pid"), (elasticsearch, "pid")])
def test_a_process_that_took_over_the_id_is_not_the_server(service, file, tmp_path):
    (tmp_path / file).write_text(f"{os.getpid()}\n")

    assert service.server_pid(str(tmp_path)) is None


@pytest.mark.parametrize("service", [postgres, elasticsearch])
def test_no_server_without_its_file(service, tmp_path):
    assert service.server_pid(str(tmp_path)) is None


def test_a_node_is_started_again_only_where_there_was_one(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "STATE", tmp_path)

    with pytest.raises(SystemExit, match="ops/services up cluster"):
        elasticsearch.start(["n1"])


def test_a_node_that_fails_to_start_shows_the_end_of_its_log(tmp_path, capsys):
    (tmp_path / "start.log").write_text("an early line\n" + "ERROR: unknown setting\n" * 30)
    (port,) = machine.free_ports(19400, 1)
    record = {"name": "n1", "url": f"http://127.0.0.1:{port}", "folder": str(tmp_path)}
    launcher = subprocess.Popen(["false"], start_new_session=True)

    with pytest.raises(SystemExit):
        elasticsearch.wait_for(record, launcher, at_least=1)

    told = capsys.readouterr().err
    assert "unknown setting" in told
    assert "an early line" not in told
