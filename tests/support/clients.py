"""Programs that nobody here wrote, as `ops/services up clients` installs them: Node.js with packages, and Java."""

import os
import subprocess
from pathlib import Path

import pytest


def _folder() -> Path:
    folder = os.environ.get("CLIENTS")
    if not folder:
        pytest.skip("Without CLIENTS there is nothing to judge it with; ops/services up clients installs it.")
    return Path(folder)


def run_node(script: Path, text: str) -> str:
    """Run a script with the packages of tests/clients; give it the text, return what it prints. Raises CalledProcessError."""
    ended = subprocess.run(
        ["node", str(script)],
        input=text, capture_output=True, text=True, check=True, timeout=300,
        env=os.environ | {"NODE_PATH": str(_folder() / "node_modules")},
    )  # fmt: skip
    return ended.stdout


def run_java(jar: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a jar of tests/clients, `jar` relative to its node_modules."""
    command = [os.environ["JAVA"], "-jar", str(_folder() / "node_modules" / jar), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
