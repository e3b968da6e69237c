"""What the services share: commands, folders, ports and processes of this machine, and what is remembered of them."""

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
    """Run to the end, its output on our standard error. Raises CalledProcessError."""
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr, **options)


def install(*packages: str) -> None:
    run([str(ROOT / "ops" / "debian"), *packages])


def remember(name: str, record: dict[str, object]) -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    file = STATE / f"{name}.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(record, indent=1))


def recall(name: str) -> dict[str, Any]:
    """Empty where there is none."""
    file = STATE / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else {}


def forget(name: str) -> None:
    (STATE / f"{name}.json").unlink(missing_ok=True)


def process_id(file: Path, argument: str) -> int | None:
    """The process named in the file, None when it has ended, even if another has its id by now: only the one that
    was meant has the argument in its command line."""
    try:
        pid = int(file.read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except (OSError, ValueError, IndexError):
        return None
    return pid if argument in command.split("\0") else None


def free_ports(first: int, count: int) -> list[int]:
    found: list[int] = []
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
        if len(found) == count:
            return found
    sys.exit(f"No free port from {first} on.")


def unless_root(name: str) -> dict[str, Any]:
    """Servers refuse root: what makes a subprocess this user then, else nothing."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(name)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "umask": 0o077, "cwd": "/"}


def new_folder(name: str, user: dict[str, Any]) -> Path:
    """An empty folder of that user: in the clone, or in /tmp where the user cannot reach the clone."""
    folder = STATE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if user:
        give(folder, user)
        if subprocess.run(["test", "-w", str(folder)], **user).returncode != 0:
            folder.rmdir()
            folder = Path(tempfile.mkdtemp(prefix=f"portal-{name}-", dir="/tmp"))
            give(folder, user)
    return folder


def give(path: Path, user: dict[str, object]) -> None:
    """Make it the user's, with all that is in it."""
    if user:
        run(["chown", "-R", f"{user['user']}:{user['group']}", str(path)])


def docker_runs() -> bool:
    """A client without an engine is no Docker."""
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def told_by_compose(*command: str) -> str:
    return subprocess.run([*COMPOSE, *command], check=True, capture_output=True, text=True).stdout.strip()


def docker_service_runs(name: str) -> bool:
    return name in told_by_compose("ps", "--status", "running", "--services").split()


def end_docker_services() -> None:
    """All of them, with their data; harmless twice."""
    run([*COMPOSE, "down", "--volumes"])
