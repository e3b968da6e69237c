"""The portal as `make run` serves it: gunicorn's workers, compressed files, the demo content, e-mails as files.

Database and static files are made once for one state of what they are made from; each server gets a copy of the database.
"""

import email
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path

from django.conf import settings

from ops.prepare import content_sources, static_sources
from tests.support.waiting import until

ROOT = Path(settings.BASE_DIR)
CACHE = ROOT / "var" / "test-databases"
STARTS_WITHIN = 120
RETENTION = 24 * 60 * 60


@dataclass(frozen=True)
class Portal:
    """A server that runs, and the folder with its database and the e-mails it sent."""

    address: str
    folder: Path

    def mails(self) -> list[EmailMessage]:
        """All that was sent, in no order, each letter once however many got it; once the worker has nothing left to do."""
        _wait_for_the_worker(self.folder / "portal.sqlite3")
        files = (self.folder / "mail").glob("*.log")
        found = {mail["Message-ID"]: mail for file in files for mail in _parsed(file)}
        return list(found.values())

    def number_of(self, path: str) -> int:
        """The number by which the admin's addresses name the page at this path of the tree."""
        with closing(sqlite3.connect(self.folder / "portal.sqlite3")) as database:
            (found,) = database.execute("SELECT id FROM wagtailcore_page WHERE url_path = ?", [path])
        return int(found[0])

    def change(self, statement: str, *values: str) -> None:
        """What no person does: that a session ends, that time passes."""
        with closing(sqlite3.connect(self.folder / "portal.sqlite3", timeout=20)) as database, database:
            database.execute(statement, values)


@contextmanager
def serve(folder: Path) -> Iterator[Portal]:
    """Serve a copy of the demo from `folder`. Raises AssertionError when it does not start."""
    shutil.copy(demo_database(), folder / "portal.sqlite3")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings_of_it = environment(folder) | {
        "STATIC_ROOT": str(static_files()),
        "PORT": str(port),
        "SITE_ADDRESS": address,
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "ops/gunicorn.py", "portal.wsgi"]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=settings_of_it, stdout=log, stderr=log)
    try:
        _wait_until_ready(server, f"{address}/-/ready", folder / "log")
        yield Portal(address, folder)
    finally:
        server.terminate()
        server.wait(timeout=60)


def environment(folder: Path) -> dict[str, str]:
    """What the portal's processes read; nothing of the machine's own settings but the paths."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "SECRET_KEY": "only-for-journeys",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "STATIC_ROOT": str(folder / "static"),
        "TMPDIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }


@cache
def demo_database() -> Path:
    """A migrated database with the demo content, made where there is none for this state of the code."""

    def make(target: Path) -> None:
        for command in ("migrate", "setup_portal", "load_demo"):
            _manage(target, command)
        # Folded into the one file that is copied.
        (target / "portal.sqlite3-wal").unlink(missing_ok=True)

    return _made_once("demo", content_sources(), make) / "portal.sqlite3"


@cache
def static_files() -> Path:
    """Hashed and compressed."""

    def make(target: Path) -> None:
        _manage(target, "collectstatic", "--no-input")

    return _made_once("static", static_sources(), make) / "static"


def _made_once(name: str, sources: Iterable[Path], make: Callable[[Path], None]) -> Path:
    """A folder named by the state of its sources. Of several test workers one makes it and the others wait."""
    digest = hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in sorted(sources)))
    made = CACHE / f"{name}-{digest.hexdigest()[:20]}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / f"{name}.lock", "w") as lock:
        flock(lock, LOCK_EX)
        if not made.exists():
            _forget_old(name)
            unfinished = made.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return made


def _forget_old(name: str) -> None:
    for folder in CACHE.glob(f"{name}-*"):
        if folder.stat().st_mtime < time.time() - RETENTION:
            shutil.rmtree(folder, ignore_errors=True)


def _manage(folder: Path, *command: str) -> None:
    arguments = [sys.executable, "manage.py", *command, "--verbosity=0"]
    done = subprocess.run(arguments, cwd=ROOT, env=environment(folder), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: subprocess.Popen, url: str, log: Path) -> None:
    def is_ready() -> bool:
        assert server.poll() is None, f"The portal did not start:\n{log.read_text()}"
        with suppress(urllib.error.URLError, TimeoutError), urllib.request.urlopen(url, timeout=5):
            return True
        return False

    until(is_ready, STARTS_WITHIN)


def _wait_for_the_worker(file: Path) -> None:
    jobs = "SELECT count(*) FROM core_job WHERE finished IS NULL"
    mail = "SELECT count(*) FROM core_mail WHERE sent IS NULL AND given_up IS NULL"

    def is_done() -> bool:
        with closing(sqlite3.connect(file, timeout=20)) as database:
            return bool(database.execute(f"SELECT ({jobs}) + ({mail})").fetchone() == (0,))

    until(is_done, STARTS_WITHIN)


def _parsed(file: Path) -> Iterator[EmailMessage]:
    """Django writes the e-mails of one connection into one file, each followed by a line of dashes."""
    for content in file.read_bytes().split(b"-" * 79 + b"\n"):
        if content.strip():
            yield email.message_from_bytes(content, policy=default)  # type: ignore[misc]
