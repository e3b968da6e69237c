"""`python -m tools.bench`: create the databases, measure, and print which targets are met.

Exits with 1 if a target is missed, with 2 if something could not be measured. Uses PostgreSQL at BENCH_POSTGRES_URL and
Elasticsearch at BENCH_ELASTICSEARCH_URL.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tools.bench.databases import FOLDER, ROOT, address
from tools.bench.targets import LARGE, SMALL, Verdict, load_verdicts, save_verdicts

KINDS = ["sqlite", "postgresql"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument(
        "--size", type=int, nargs="*", default=[SMALL, LARGE], help="practices (default: %(default)s)"
    )
    parser.add_argument("--database", nargs="*", choices=KINDS, default=KINDS)
    parser.add_argument("--no-pages", action="store_true", help="leave out what is measured on the demo site")
    parser.add_argument("--no-elasticsearch", action="store_true", help="leave out the search server")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    # Pages name their files by what was collected: without it each is a 500.
    _all_at_once([_command("sqlite:///:memory:", "collectstatic", "--no-input", "--verbosity=0")])
    files: list[Path] = []
    for size in options.size:
        urls = {kind: address(kind, size) for kind in options.database}
        _all_at_once([_command(url, "bench_fill", str(size)) for url in urls.values()])
        for kind, url in urls.items():
            file = FOLDER / f"verdicts-{kind}-{size}.json"
            _all_at_once([_command(url, "bench_ask", str(size), str(file))])
            files.append(file)
    if LARGE in options.size and "sqlite" in options.database:
        files.append(FOLDER / "verdicts-bench_export.json")
        _all_at_once([_command(address("sqlite", LARGE), "bench_export", str(files[-1]))])
    if not options.no_elasticsearch:
        files += on_elasticsearch()
    if not options.no_pages:
        for name in ("bench_pages", "bench_usage", "bench_likeness"):
            files.append(FOLDER / f"verdicts-{name}.json")
            _all_at_once([_command(address("sqlite", "pages"), name, str(files[-1]))])
    verdicts = [verdict for file in files for verdict in load_verdicts(file)]
    print("\nTargets", *verdicts, sep="\n")
    return 0 if all(verdict.met for verdict in verdicts) else 1


def on_elasticsearch() -> list[Path]:
    """The search server, over the records in SQLite, with an index for each corpus."""
    peaks, files = {}, []
    for size, names in (
        (SMALL, ["bench_shipping"]),
        (LARGE, ["bench_elastic", "bench_wagtail", "bench_outage"]),
    ):
        url = address("sqlite", size)
        server = {
            "ELASTICSEARCH_URL": os.environ["BENCH_ELASTICSEARCH_URL"],
            "ELASTICSEARCH_INDEX": f"bench-{size}",
        }
        _all_at_once([_command(url, "bench_fill", str(size))])
        peaks[size] = _peak_memory(_command(url, "search_rebuild", **server))
        for name in names:
            files.append(FOLDER / f"verdicts-{name}.json")
            _all_at_once([_command(url, name, str(files[-1]), **server)])
    print(
        f"\nMost memory of a rebuild: {peaks[SMALL] / 1024:.0f} MB at {SMALL:,}, {peaks[LARGE] / 1024:.0f} at {LARGE:,}"
    )
    file = FOLDER / "verdicts-memory.json"
    save_verdicts(
        [Verdict("memory of a rebuild, 100,000 to 10,000 practices", peaks[LARGE] / peaks[SMALL], 1.1)], file
    )
    return [*files, file]


def _peak_memory(command: subprocess.Popen[bytes]) -> int:
    """Wait for the command and return its peak memory in kB. Exits if it has failed."""
    _, status, used = os.wait4(command.pid, 0)
    if status:
        sys.exit(2)
    return used.ru_maxrss


def _command(url: str, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    """A management command in a process of its own, since Django has one database a process."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tools.bench.settings"} | more
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment)


def _all_at_once(commands: list[subprocess.Popen[bytes]]) -> None:
    """Wait for all commands. Exits if one has failed."""
    codes = [command.wait() for command in commands]
    if any(codes):
        sys.exit(2)


if __name__ == "__main__":
    sys.exit(main())
