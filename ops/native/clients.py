"""Clients that nobody here wrote, from npm: tests give them the portal's pages and exports (tests/clients/package.json)."""

import shutil
from pathlib import Path

from . import elasticsearch, machine

PACKAGES = machine.ROOT / "tests" / "clients"
FOLDER = machine.ROOT / "var" / "clients"


def up() -> str:
    """Install Node.js, npm, Java and the clients where they are missing; return the line that says where they are."""
    if not shutil.which("node"):
        machine.install("nodejs")
    if not shutil.which("npm"):
        machine.install("npm")
    if not elasticsearch.java_home():
        machine.install("openjdk-17-jre-headless")
    if not is_current():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PACKAGES / name, FOLDER)
        machine.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=FOLDER)
        (FOLDER / "installed").write_bytes((PACKAGES / "package-lock.json").read_bytes())
    return f"CLIENTS={FOLDER}\nJAVA={elasticsearch.java_home()}/bin/java"


def is_current() -> bool:
    installed = Path(FOLDER, "installed")
    return installed.exists() and installed.read_bytes() == (PACKAGES / "package-lock.json").read_bytes()
