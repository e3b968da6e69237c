"""What every test shares; fixtures of one app live with its tests."""

import os

import pytest
from hypothesis import settings

pytest_plugins = ["tests.support.database", "tests.support.fixtures"]

# `make test` looks at few examples of each property on every run, `make soak` at many.
settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("soak", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Where the whole set-up is made first, a skipped test hides a set-up that failed.
SKIPS_FAIL = os.environ.get("CI") == "true"

BROWSER_FLAGS = [
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
]


def _fail_if_skipped(report):
    if SKIPS_FAIL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI takes for a failure: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _fail_if_skipped((yield))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that takes a browser is a journey, so that none forgets to say so."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, named by `ops/services`, as a quiet program that asks no host anything."""
    # Playwright's loop stays in this thread till the end; beside it Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return browser_type_launch_args | {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [f"--{flag}" for flag in BROWSER_FLAGS],
    }
