"""The databases that are measured: made once for each corpus, then kept under var/bench or on the server of ops/services."""

import hashlib
import os
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
# Whatever decides what a database holds: after a change in these it is made anew.
SOURCES_OF_DEMO = ["home", "demo", "practices", "curation"]
SOURCES_OF_CORPUS = [
    "tools/bench/words.py",
    "tools/bench/corpus.py",
    "tools/bench/loading.py",
    "tools/bench/rivals.py",
    "tools/bench/models.py",
    "taxonomy/vocabulary.yaml",
    "indexing/analysis",
    "indexing/records.py",
    "indexing/models.py",
    "search/migrations",
    "indexing/migrations",
    "enquiries/migrations",
]  # fmt: skip


def fingerprint(sources: list[str]) -> str:
    """Ten characters that change with any of the sources."""
    digest = hashlib.sha256()
    for name in sources:
        path = ROOT / name
        for file in sorted(path.rglob("*.[py]*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".yaml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def address(kind: str, corpus: int | str) -> str:
    """DATABASE_URL of a database for a corpus, empty when it is new; those of older sources are removed.

    Raises KeyError where there is no BENCH_POSTGRES_URL for "postgresql".
    """
    name = f"bench_{corpus}_{fingerprint(SOURCES_OF_DEMO if corpus == 'pages' else SOURCES_OF_CORPUS)}"
    if kind == "sqlite":
        FOLDER.mkdir(parents=True, exist_ok=True)
        for file in FOLDER.glob(f"bench_{corpus}_*"):
            if not file.name.startswith(name):
                file.unlink()
        return f"sqlite:///{FOLDER / name}.sqlite3"
    server = os.environ["BENCH_POSTGRES_URL"]
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True  # a database is made outside any transaction
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"bench\\_{corpus}\\_%"])
            there = {row[0] for row in cursor.fetchall()}
            for old in there - {name}:
                cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            if name not in there:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlsplit(server)._replace(path=f"/{name}").geturl()
