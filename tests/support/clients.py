"""Programs that nobody here wrote, as `ops/services up clients` installs them: Node.js with packages, Java with jars."""

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
    """Run a jar from npm, `jar` relative to node_modules."""
    command = [os.environ["JAVA"], "-jar", str(_folder() / "node_modules" / jar), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def run_verapdf(*files: Path) -> list[str]:
    """Return what each PDF lacks to be PDF/UA-1, as file, clause and message. Raises CalledProcessError."""
    script = Path(__file__).parent.parent / "clients" / "verapdf.js"
    command = [
        os.environ["JAVA"], "-cp", str(_folder() / "jars" / "*"),
        "org.mozilla.javascript.tools.shell.Main", str(script), *map(str, files),
    ]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    lines = ended.stdout.splitlines()
    # It says how many things it looked at in each file, so that nothing passes for want of looking.
    checked = [int(line.removeprefix("checked ")) for line in lines if line.startswith("checked ")]
    assert len(checked) == len(files), ended.stderr
    assert all(number > 1_000 for number in checked)
    return [line for line in lines if not line.startswith("checked ")]
