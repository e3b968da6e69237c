"""The nodes that `ops/services up cluster` started: their state, and killing one."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from indexing import server
from indexing.errors import EngineUnavailable
from tests.support.waiting import until

URLS = os.environ.get("TEST_ELASTICSEARCH_CLUSTER", "")
MAX_WAIT = 180.0


def node_records() -> dict[str, dict]:
    """What ops/services remembers of the nodes, by name; a process id is that of the last start."""
    folder = Path(settings.BASE_DIR) / "var" / "services"
    records = (json.loads(file.read_text()) for file in folder.glob("*.json"))
    return {record["name"]: record for record in records if record.get("url", "?") in URLS.split(",")}


def health() -> tuple[str, int]:
    """The colour of our own indexes, and how many nodes there are."""
    with server.unavailable_on_failure():
        told = (
            server.client()
            .options(request_timeout=5)
            .cluster.health(index=f"{settings.ELASTICSEARCH_INDEX}-*", level="cluster")
        )
    return told["status"], told["number_of_nodes"]


def seconds_until_green(nodes: int) -> float:

    def is_green() -> bool:
        with suppress(EngineUnavailable):
            return health() == ("green", nodes)
        return False

    started = time.monotonic()
    until(is_green, MAX_WAIT, pause=0.2)
    return time.monotonic() - started


def master() -> str:
    """The elected master's name, when there is one."""

    def elected() -> str:
        with suppress(EngineUnavailable, KeyError):
            with server.unavailable_on_failure():
                told = server.client().cluster.state(metric="master_node,nodes").body
            if told["master_node"]:
                return str(told["nodes"][told["master_node"]]["name"])
        return ""

    return until(elected, MAX_WAIT, pause=0.2)


def kill(name: str) -> None:
    record = node_records()[name]
    command = Path(f"/proc/{record['pid']}/cmdline").read_text()
    assert f"{record['folder']}/tmp" in command, "not the node that ops/services started"
    os.kill(record["pid"], signal.SIGKILL)


def start(name: str) -> None:
    services = str(Path(settings.BASE_DIR) / "ops" / "services")
    subprocess.run([sys.executable, services, "start-node", name], check=True, timeout=MAX_WAIT)
