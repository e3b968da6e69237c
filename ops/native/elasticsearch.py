"""Elasticsearch for development and tests: one node, or three for drills in which nodes are killed.

Of each node its name, address, process id and folder are remembered in var/services. `down` removes the data.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from . import machine

VERSION = "8.19.3"
# Elastic's distribution for tests of clients: the real server with few modules. The portal does not need the missing ones,
# such as scripts and language analyzers. Settings of missing modules make its start fail.
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
SINGLE, CLUSTER = ["elasticsearch"], ["n1", "n2", "n3"]
# Below the kernel's ephemeral ports and apart from each other, so that the port of a killed node stays free.
FIRST_PORT = {"elasticsearch": 19200, "n1": 19300}
SETTINGS = {
    "network.host": "127.0.0.1",
    "xpack.security.enabled": False,
    # A developer's full disk must not make indexes read-only.
    "cluster.routing.allocation.disk.threshold_enabled": False,
}
# A killed Java leaves its performance file in /tmp, so it must not make one.
JAVA_OPTIONS = ["-Xms512m", "-Xmx512m", "-XX:-UsePerfData"]
LONGEST_START = 120.0


def up_single() -> str:
    return f"ELASTICSEARCH_URL={','.join(up(SINGLE))}"


def up_cluster() -> str:
    return f"ELASTICSEARCH_CLUSTER={','.join(up(CLUSTER))}"


def up(names: list[str]) -> list[str]:
    """Return the URLs of the nodes. If one of them has ended, all are started anew and empty."""
    if not all(runs(machine.recall(name)) for name in names):
        end(names)
        make = make_in_docker if machine.docker_runs() else make_native
        for record in make(names):
            machine.remember(record["name"], record)
    start(names, at_least=len(names))
    return [machine.recall(name)["url"] for name in names]


def down() -> None:
    end(SINGLE + CLUSTER)
    if any(machine.recall(name).get("docker") for name in SINGLE + CLUSTER):
        machine.end_docker_services()
    for name in SINGLE + CLUSTER:
        if folder := machine.recall(name).get("folder"):
            shutil.rmtree(Path(folder).parent, ignore_errors=True)
        machine.forget(name)


def start(names: list[str], *, at_least: int = 1) -> None:
    """Start the stopped nodes with their old folders and ports, all at once since they wait for each other; then wait until
    each answers and sees all nodes."""
    records = [machine.recall(name) for name in names]
    if not all(records):
        sys.exit(f"Not all there: {', '.join(names)}. Try `ops/services up cluster` first.")
    launchers = [None if runs(record) else launch(record) for record in records]
    for record, launcher in zip(records, launchers, strict=True):
        wait_for(record, launcher, at_least)
        if not record.get("docker"):
            machine.remember(record["name"], record | {"pid": server_pid(record["folder"])})


def end(names: list[str]) -> None:
    """Kill the nodes and delete their data; a node stopped by a drill would not react to SIGTERM."""
    for name in names:
        if folder := machine.recall(name).get("folder"):
            if pid := server_pid(folder):
                os.kill(pid, signal.SIGKILL)
            while server_pid(folder):
                time.sleep(0.1)
            shutil.rmtree(folder, ignore_errors=True)


def runs(record: dict[str, Any]) -> bool:
    if record.get("docker"):
        return machine.docker_service_runs(record["name"])
    return bool(record) and server_pid(record["folder"]) is not None


def server_pid(folder: str) -> int | None:
    """Return the process id of the server on this folder, None if it has ended."""
    return machine.process_id(Path(folder, "pid"), f"-Djava.io.tmpdir={folder}/tmp")


def make_in_docker(names: list[str]) -> list[dict[str, Any]]:
    machine.run([*machine.COMPOSE, "up", "-d", "--force-recreate", *names])
    urls = [f"http://{machine.compose_output('port', name, '9200')}" for name in names]
    return [{"docker": True, "name": name, "url": url} for name, url in zip(names, urls, strict=True)]


def make_native(names: list[str]) -> list[dict[str, Any]]:
    """Create a folder with the configuration of each node, beside the server that all share."""
    user = machine.options_to_drop_root("nobody")
    server = unpacked_server(user)
    ports = machine.free_ports(FIRST_PORT[names[0]], 2 * len(names))
    http, transport = ports[: len(names)], ports[len(names) :]
    if len(names) == 1:
        together: dict[str, object] = {"cluster.name": "portal", "discovery.type": "single-node"}
    else:
        together = {
            "cluster.name": "portal-cluster",
            "cluster.initial_master_nodes": names,
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in transport],
        }
    records = []
    for place, name in enumerate(names):
        folder = server.parent / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(server / "config", folder / "config")
        for part in ("data", "logs", "tmp"):
            (folder / part).mkdir()
        node_settings = {
            "node.name": name,
            "path.data": str(folder / "data"),
            "path.logs": str(folder / "logs"),
            "http.port": http[place],
            "transport.port": transport[place],
        }
        settings = [
            f"{key}: {json.dumps(value)}\n" for key, value in (SETTINGS | together | node_settings).items()
        ]
        (folder / "config" / "elasticsearch.yml").write_text("".join(settings))
        (folder / "config" / "jvm.options.d" / "portal.options").write_text("\n".join(JAVA_OPTIONS))
        machine.change_owner(folder, user)
        records.append({"name": name, "url": f"http://127.0.0.1:{http[place]}", "folder": str(folder)})
    return records


def unpacked_server(user: dict[str, Any]) -> Path:
    """Return the folder of the unpacked server: that of existing nodes, or a new one."""
    for name in SINGLE + CLUSTER:
        server = Path(machine.recall(name).get("folder", "/nowhere")).parent / "server"
        if server.exists():
            return server
    if not java_home() or not shutil.which("mvn"):
        machine.install("openjdk-17-jre-headless", "maven")
    with tempfile.TemporaryDirectory(prefix="portal-", dir="/tmp") as download:
        copy = ["dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={download}"]
        machine.run(["mvn", "-q", "-B", *copy], cwd=download)
        home = machine.new_folder("nodes", user)
        shutil.unpack_archive(Path(download, f"elasticsearch-{VERSION}.zip"), home)
    server = (home / f"elasticsearch-{VERSION}").rename(home / "server")
    machine.change_owner(home, user)
    return server


def java_home() -> Path | None:
    return next(Path("/usr/lib/jvm").glob("java-17-openjdk-*"), None)


def launch(record: dict[str, Any]) -> "subprocess.Popen[bytes] | None":
    """Start the server. The launcher ends when the server has started or failed; the server keeps running in its own session."""
    if record.get("docker"):
        machine.run([*machine.COMPOSE, "start", record["name"]])
        return None
    folder = record["folder"]
    program = str(Path(folder).parent / "server" / "bin" / "elasticsearch")
    places = {
        "ES_JAVA_HOME": str(java_home()),
        "ES_PATH_CONF": f"{folder}/config",
        "ES_TMPDIR": f"{folder}/tmp",
    }
    with Path(folder, "start.log").open("w") as log:
        # Run by bash, since unpacking has dropped the execute permission.
        return subprocess.Popen(
            ["bash", program, "-d", "-p", f"{folder}/pid"],
            env=os.environ | places,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **machine.options_to_drop_root("nobody"),
        )


def wait_for(record: dict[str, Any], launcher: "subprocess.Popen[bytes] | None", at_least: int) -> None:
    """Wait until the node answers; exit with the end of its log if it does not in time."""
    until = time.monotonic() + LONGEST_START
    while not answers(record["url"], at_least):
        if launcher is None and not runs(record):
            launcher = launch(record)  # one that was killed a moment ago was still ending
        failed = launcher is not None and launcher.poll() not in (None, 0)
        if failed or time.monotonic() > until:
            if launcher:
                with suppress(ProcessLookupError):
                    os.killpg(launcher.pid, signal.SIGKILL)
            print(f"Elasticsearch ({record['name']}) does not answer at {record['url']}.", file=sys.stderr)
            if folder := record.get("folder"):
                print(*Path(folder, "start.log").read_text().splitlines()[-30:], sep="\n", file=sys.stderr)
            else:
                machine.run([*machine.COMPOSE, "logs", "--tail", "30", record["name"]])
            sys.exit(1)
        time.sleep(0.2)


def answers(url: str, at_least: int) -> bool:
    """Return whether the node answers and sees `at_least` nodes; `local`, so that a node without a master answers too."""
    health = f"{url}/_cluster/health?local=true&wait_for_nodes=ge({at_least})&timeout=1s"
    try:
        with urllib.request.urlopen(health, timeout=5):
            return True
    except OSError:
        return False
