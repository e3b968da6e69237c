"""Helpers of the services: commands, folders, ports and processes, and records of running services."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = ROOT / "var" / "services"
# With the profile always on, `down` ends the cluster too; `up` names its services.
COMPOSE = ["docker", "compose", "-f", str(ROOT / "ops" / "compose.yaml"), "--profile", "cluster"]


def run(command: list[str], **options: Any) -> None:
    """Run a command with its output on standard error. Raises CalledProcessError."""
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr, **options)


def install(*packages: str) -> None:
    run([str(ROOT / "ops" / "debian"), *packages])


def remember(name: str, record: dict[str, object]) -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    file = STATE / f"{name}.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(record, indent=1))


def recall(name: str) -> dict[str, Any]:
    """Return the record of a service, {} if there is none."""
    file = STATE / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else {}


def forget(name: str) -> None:
    (STATE / f"{name}.json").unlink(missing_ok=True)


def process_id(file: Path, argument: str) -> int | None:
    """Return the process id in the file, None if the process has ended. The argument in the command line identifies it, since
    the id may have been reused."""
    try:
        pid = int(file.read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except (OSError, ValueError, IndexError):
        return None
    return pid if argument in command.split("\0") else None


def free_ports(first: int, count: int) -> list[int]:
    ports: list[int] = []
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                ports.append(port)
        if len(ports) == count:
            return ports
    sys.exit(f"No free port from {first} on.")


def options_to_drop_root(name: str) -> dict[str, Any]:
    """Return options for subprocess that drop root to the user `name`, {} if this process is not root. Servers refuse root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(name)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "umask": 0o077, "cwd": "/"}


def new_folder(name: str, user: dict[str, Any]) -> Path:
    """Create an empty folder owned by the user, in the clone, or in /tmp if the user cannot write to the clone."""
    folder = STATE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if user:
        change_owner(folder, user)
        if subprocess.run(["test", "-w", str(folder)], **user).returncode != 0:
            folder.rmdir()
            folder = Path(tempfile.mkdtemp(prefix=f"portal-{name}-", dir="/tmp"))
            change_owner(folder, user)
    return folder


def change_owner(path: Path, user: dict[str, object]) -> None:
    """Make the user the owner of `path` and everything in it; do nothing without a user."""
    if user:
        run(["chown", "-R", f"{user['user']}:{user['group']}", str(path)])


def docker_runs() -> bool:
    """Return whether Docker is installed and its engine runs."""
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def compose_output(*command: str) -> str:
    return subprocess.run([*COMPOSE, *command], check=True, capture_output=True, text=True).stdout.strip()


def docker_service_runs(name: str) -> bool:
    return name in compose_output("ps", "--status", "running", "--services").split()


def end_docker_services() -> None:
    """Stop all services and delete their data; may be repeated."""
    run([*COMPOSE, "down", "--volumes"])
