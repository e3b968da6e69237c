"""The test database: migrated once for one state of the migrations, copied for every run and worker after that.

A hundred and more migrations take ten seconds of one core; the copy takes none. The copy is a file with the
production's own options (WAL, immediate transactions), so that a live server's threads share it as they do there.
"""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

CACHE = Path(settings.BASE_DIR) / "var" / "test-databases"


def _is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def _template() -> Path:
    """Named by what is in the migrations of the apps and in the pins of everything else."""
    root = Path(settings.BASE_DIR)
    sources = [root / "requirements.txt", *sorted(root.glob("*/migrations/*.py"))]
    digest = hashlib.sha256(b"".join(str(path.name).encode() + path.read_bytes() for path in sources))
    return CACHE / f"{digest.hexdigest()[:20]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    if _is_sqlite():
        copy = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connections["default"].settings_dict["TEST"]["NAME"] = str(copy)
        if _template().exists():
            shutil.copy(_template(), copy)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """Kept, so that Django only looks whether a migration is missing; the temporary folder goes with the run."""
    return django_db_keepdb or _is_sqlite()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    if _is_sqlite() and not _template().exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with django_db_blocker.unblock():
            _save(Path(connections["default"].settings_dict["NAME"]), _template())
    yield
    if not _is_sqlite():
        with django_db_blocker.unblock():
            _end_other_sessions()


def _end_other_sessions() -> None:
    """Whoever is still connected, such as a process that a drill has killed or an autovacuum: PostgreSQL waits five seconds
    for them, and then does not drop the database."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _save(database: Path, template: Path) -> None:
    # A name for each process: workers that find no template make it at the same time.
    unfinished = template.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(database) as source, sqlite3.connect(unfinished) as target:
        source.backup(target)
    unfinished.rename(template)
