"""Clients that nobody here wrote, from npm and Maven: tests give them the portal's pages and exports (tests/clients/)."""

import shutil
from pathlib import Path

from . import elasticsearch, machine

PACKAGES = machine.ROOT / "tests" / "clients"
FOLDER = machine.ROOT / "var" / "clients"


def up() -> str:
    """Install Node.js, npm, Java, Maven and the clients where they are missing; return the lines that say where they are."""
    if not shutil.which("node"):
        machine.install("nodejs")
    if not shutil.which("npm"):
        machine.install("npm")
    if not elasticsearch.java_home():
        machine.install("openjdk-17-jre-headless")
    if not shutil.which("mvn"):
        machine.install("maven")
    if not is_current():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", "pom.xml"):
            shutil.copy(PACKAGES / name, FOLDER)
        machine.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=FOLDER)
        shutil.rmtree(FOLDER / "jars", ignore_errors=True)
        machine.run(["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=jars"], cwd=FOLDER)
        (FOLDER / "installed").write_bytes(wanted())
    return f"CLIENTS={FOLDER}\nJAVA={elasticsearch.java_home()}/bin/java"


def is_current() -> bool:
    installed = Path(FOLDER, "installed")
    return installed.exists() and installed.read_bytes() == wanted()


def wanted() -> bytes:
    """Return what says which versions are to be installed."""
    return b"".join((PACKAGES / name).read_bytes() for name in ("package-lock.json", "pom.xml"))
