"""Make a clone ready to serve: secret, database, demo content, static files. A second time it only looks.

Each part is done again when the content it is made from has changed; a fresh database is filled whatever was
done before.
"""

import contextlib
import hashlib
import io
import logging
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

ROOT = Path(__file__).resolve().parent.parent
DONE = ROOT / "var" / "prepared"


class Step:
    """A step that runs once per state of its sources and stores its output."""

    def __init__(self, name: str, sources: Iterable[Path]) -> None:
        self.record = DONE / name
        self.digest = hashlib.sha256()
        self.digest.update(repr(settings.DATABASES["default"]["NAME"]).encode())
        for path in sorted(sources):
            self.digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())

    def stored_output(self) -> str | None:
        """Return the output of the run with the same sources, None if there was none."""
        digest, _, text = self.record.read_text().partition("\n") if self.record.exists() else ("", "", "")
        return text if digest == self.digest.hexdigest() else None

    def done(self, text: str = "") -> None:
        self.record.parent.mkdir(parents=True, exist_ok=True)
        self.record.write_text(f"{self.digest.hexdigest()}\n{text}")


def write_secret() -> None:
    """Write an .env with a new secret, ignored by Git, unless there is one."""
    try:
        with open(os.open(ROOT / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("# Made by `make run`; .env.example names what else can stand here.\n")
            file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\n")
    except FileExistsError:
        pass


def own_apps() -> list[str]:
    return [app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()]


def content_sources() -> Iterable[Path]:
    """Yield the files that determine the content of the database: code and vocabularies of the apps, the demo content."""
    for app in own_apps():
        yield from (ROOT / app).rglob("*.py")
        yield from (ROOT / app).rglob("*.yaml")
    yield from (path for path in (ROOT / "demo").rglob("*") if path.is_file())


def static_sources() -> Iterable[Path]:
    yield ROOT / "requirements.txt"
    for folder in [ROOT / "static", *(ROOT / app / "static" for app in own_apps())]:
        yield from (path for path in folder.rglob("*") if path.is_file())


def fill_database() -> str:
    """Migrate and load missing content; return the output of the demo loader, mainly the accounts."""
    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        call_command("migrate", verbosity=0, interactive=False)
    step = Step("content", content_sources())
    text = None if behind else step.stored_output()
    if text is None:
        print("Setting up the portal and loading the demo content ...", flush=True)
        call_command("setup_portal")
        output = io.StringIO()
        call_command("load_demo", stdout=output)
        repair_records()
        text = output.getvalue()
        step.done(text)
    return text


def repair_records() -> None:
    """Rebuild records that an earlier version made, without what this one keeps in them."""
    with contextlib.suppress(CommandError):  # records are done before the search server, which may be away
        call_command("search_check", repair=True, stdout=io.StringIO())


def collect_static() -> None:
    step = Step("static", static_sources())
    if step.stored_output() is None or not Path(settings.STATIC_ROOT).is_dir():
        print("Collecting and compressing static files ...", flush=True)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        step.done()


def prepare_search() -> None:
    """Build a search index if this code and database have none; the portal starts without one if that fails."""
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)
    try:
        call_command("search_rebuild", if_needed=True)
    except CommandError as failure:
        print(f"The database answers searches, Elasticsearch cannot: {failure}", flush=True)


def main() -> None:
    write_secret()
    django.setup()
    logging.disable(logging.INFO)  # a line for each page loaded
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    accounts = fill_database()
    if settings.ELASTICSEARCH_URL:
        prepare_search()
    if not settings.DEBUG:
        collect_static()
    sys.stdout.write(accounts)
    address = settings.SITE_ADDRESS
    print(f"\nThe portal: {address}/en/  {address}/ru/   admin: {address}/admin/", flush=True)


if __name__ == "__main__":
    main()
