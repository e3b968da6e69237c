"""Databases of release 0.1, and commands run on them."""

import lzma
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg2
from django.conf import settings

HERE = Path(__file__).parent
SQLITE_DUMP, POSTGRESQL_DUMP = HERE / "release-0.1.sqlite3.xz", HERE / "release-0.1.postgresql.sql.xz"


@contextmanager
def restored(folder: Path) -> Iterator[str]:
    """The URL of a database of release 0.1, on the server that the tests run on."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url.startswith("postgres"):
        file = folder / "portal.sqlite3"
        file.write_bytes(lzma.decompress(SQLITE_DUMP.read_bytes()))
        yield f"sqlite:///{file}"
        return
    server, name = url.rpartition("/")[0], f"upgrade_{uuid4().hex[:12]}"
    with _postgresql(f"{server}/postgres") as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        with _postgresql(f"{server}/{name}") as cursor:
            cursor.execute(lzma.decompress(POSTGRESQL_DUMP.read_bytes()).decode())
        yield f"{server}/{name}"
    finally:
        with _postgresql(f"{server}/postgres") as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _postgresql(url: str):
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        yield connection.cursor()


def manage(database_url: str, *arguments: str, stdin: str = "") -> str:
    """Run a management command on that database and return what it printed."""
    completed = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "TEST_DATABASE_URL": database_url},
        input=stdin,
        capture_output=True,
        text=True,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr
    return completed.stdout


def shell(database_url: str, script: str) -> str:
    """Run a script on that database and return the last line that it printed."""
    return manage(database_url, "shell", "--no-imports", stdin=script).splitlines()[-1]
