"""The bench on a small corpus: that it runs. What it measures is judged by `make bench` only."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]

SMALL_RUN = ["--size", "200", "--database", "sqlite", "--no-pages", "--no-elasticsearch"]


def test_it_fills_asks_and_judges():
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench", *SMALL_RUN],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr  # 1: a target is missed, as they may be at this size
    assert "times as fast" not in done.stdout, "targets of 10,000 practices are for 10,000"
    assert "sqlite, 200: no text and no filter to two words" in done.stdout
