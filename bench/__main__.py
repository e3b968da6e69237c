"""`python -m bench`: makes what is measured, measures it and says which targets are met.

Exits with 1 where one is missed, with 2 where something could not be measured. PostgreSQL is that of BENCH_POSTGRES_URL.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from bench.databases import FOLDER, ROOT, address
from bench.targets import LARGE, SMALL, kept

KINDS = ["sqlite", "postgresql"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--size", type=int, nargs="*", default=[SMALL, LARGE], help="practices (default: %(default)s)"
    )
    parser.add_argument("--database", nargs="*", choices=KINDS, default=KINDS)
    parser.add_argument("--no-pages", action="store_true", help="leave out the cache of whole pages")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    found: list[Path] = []
    for size in options.size:
        urls = {kind: address(kind, size) for kind in options.database}
        _all_at_once([_command(url, "bench_fill", str(size)) for url in urls.values()])
        for kind, url in urls.items():
            file = FOLDER / f"verdicts-{kind}-{size}.json"
            _all_at_once([_command(url, "bench_ask", str(size), str(file))])
            found.append(file)
    if not options.no_pages:
        file = FOLDER / "verdicts-pages.json"
        _all_at_once([_command(address("sqlite", "pages"), "bench_pages", str(file))])
        found.append(file)
    verdicts = [verdict for file in found for verdict in kept(file)]
    print("\nTargets", *verdicts, sep="\n")
    return 0 if all(verdict.met for verdict in verdicts) else 1


def _command(url: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A management command in a process of its own, since Django has one database a process."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment)


def _all_at_once(commands: list[subprocess.Popen[bytes]]) -> None:
    """Wait for all; ends the programme where one has failed."""
    codes = [command.wait() for command in commands]
    if any(codes):
        sys.exit(2)


if __name__ == "__main__":
    sys.exit(main())
