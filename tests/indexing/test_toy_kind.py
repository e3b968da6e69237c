"""A kind needs its own app and nothing else: search, API, facets, exports, feed and OAI-PMH have it from its registration."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.sqlite_suffices  # its process has a database of its own
def test_a_kind_of_an_app_that_nobody_knows_is_found_by_every_way(db):
    """In a process of its own, since Django takes up an app at start only; `db` leaves the migrated database that it copies."""
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", "--ds=tests.toy_kind.settings", "-q", "-p", "no:cacheprovider"]
    ended = subprocess.run(
        [*command, "tests/toy_kind/finding.py", "tests/toy_kind/leading_on.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ended.returncode == 0, ended.stdout[-8000:]
