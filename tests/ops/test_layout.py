"""Whoever changes a module finds its tests: by its name, or in tests/README.md."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.sqlite_suffices

ROOT = Path(settings.BASE_DIR)
READ_BY_EVERY_TEST = {"__init__", "apps", "urls"}
NONE = "none: "


def apps() -> list[str]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]


def modules(app: str) -> list[str]:
    """The modules of an app that a test file should be named for, such as "engines/elastic"."""
    paths = (path.relative_to(ROOT / app).with_suffix("") for path in (ROOT / app).rglob("*.py"))
    return [
        path.as_posix()
        for path in paths
        if path.name not in READ_BY_EVERY_TEST and not {"migrations", "settings"} & set(path.parts)
    ]


def rows() -> list[tuple[str, list[str], str]]:
    """The table's (app, modules, where they are tested)."""
    lines = (ROOT / "tests/README.md").read_text().split("|---|---|---|\n")[1].strip().splitlines()
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [(app, names.split(", "), tests) for app, names, tests in cells]


def test_every_module_has_a_test_file_or_a_line_that_names_one():
    named = {(app, name) for app, names, _tests in rows() for name in names}
    missing = [
        f"{app}/{name}"
        for app in apps()
        for name in modules(app)
        if not (ROOT / "tests" / app / f"test_{Path(name).name}.py").exists()
        and (app, name) not in named
        and (app, f"all of {name.split('/')[0]}") not in named
    ]
    assert missing == []


def test_the_table_names_modules_and_tests_that_exist():
    wrong = []
    for app, names, tests in rows():
        known = {*modules(app), *(f"all of {name.split('/')[0]}" for name in modules(app))}
        wrong += [f"{app}/{name}" for name in names if name not in known]
        for test in [] if tests.startswith(NONE) else tests.split(", "):
            folder, _slash, name = test.rpartition("/")
            if not (ROOT / "tests" / (folder or app) / f"{name}.py").exists():
                wrong.append(test)
    assert wrong == []
