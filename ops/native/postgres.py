"""PostgreSQL for tests and benchmarks: fsync is off, and `down` removes the data."""

import os
import secrets
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from . import machine

NAME = "postgres"
PROGRAMS = Path("/usr/lib/postgresql/15/bin")
FIRST_PORT = 54329
# Losing this database costs a test run; waiting for the disk costs every test.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
}


def up() -> str:
    record = machine.recall(NAME)
    if not runs(record):
        record = start_in_docker() if machine.docker_runs() else start_native()
        machine.remember(NAME, record)
    return f"DATABASE_URL={record['url']}"


def down() -> None:
    record = machine.recall(NAME)
    if record.get("docker"):
        machine.end_docker_services()
    elif record:
        if pid := server_pid(record["data"]):
            os.kill(pid, signal.SIGINT)  # PostgreSQL's fast shutdown
        while server_pid(record["data"]):
            time.sleep(0.1)
        shutil.rmtree(record["data"], ignore_errors=True)
    machine.forget(NAME)


def runs(record: dict[str, Any]) -> bool:
    if record.get("docker"):
        return machine.docker_service_runs(NAME)
    return bool(record) and server_pid(record["data"]) is not None


def server_pid(data: str) -> int | None:
    """Return the process id of the server on this data folder, None if it has ended."""
    return machine.process_id(Path(data, "postmaster.pid"), data)


def start_native() -> dict[str, object]:
    if not (PROGRAMS / "initdb").exists():
        machine.install("postgresql-15", "postgresql-client-15")
    user = machine.options_to_drop_root("postgres")
    folder = machine.new_folder(NAME, user)
    (port,), password = machine.free_ports(FIRST_PORT, 1), secrets.token_hex(16)
    with tempfile.NamedTemporaryFile("w", prefix="portal-", dir="/tmp") as secret:
        secret.write(password)
        secret.flush()
        machine.change_owner(Path(secret.name), user)
        login = ["-U", "portal", "-A", "scram-sha-256", f"--pwfile={secret.name}"]
        locale = ["-E", "UTF8", "--locale=C.UTF-8"]
        machine.run([str(PROGRAMS / "initdb"), "-D", str(folder), "--no-sync", *login, *locale], **user)
    with (folder / "postgresql.auto.conf").open("a") as settings:
        settings.writelines(f"{name} = '{value}'\n" for name, value in {**SETTINGS, "port": port}.items())
    log = ["-l", str(folder / "server.log")]
    machine.run([str(PROGRAMS / "pg_ctl"), "-D", str(folder), *log, "-w", "-t", "60", "start"], **user)
    return {"data": str(folder), "url": f"postgres://portal:{password}@127.0.0.1:{port}/postgres"}


def start_in_docker() -> dict[str, object]:
    password = secrets.token_hex(16)
    machine.run(
        [*machine.COMPOSE, "up", "-d", "--wait", "--force-recreate", NAME],
        env={**os.environ, "POSTGRES_PASSWORD": password},
    )
    address = machine.compose_output("port", NAME, "5432")
    return {"docker": True, "url": f"postgres://portal:{password}@{address}/postgres"}
