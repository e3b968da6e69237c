"""Gunicorn's settings for `make run` and the container; address and numbers come from the environment."""

import gc
import logging
import os
import threading
from pathlib import Path
from typing import Any

import environ

from ops import worker
from ops.counts import write_counts

ROOT = Path(__file__).resolve().parent.parent


class FileEnv(environ.Env):
    """The environment merged with `.env`, without changing os.environ: each worker reads `.env` itself."""

    ENVIRON = dict(os.environ)


FileEnv.read_env(ROOT / ".env")
env = FileEnv()

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Waitress reads and sends, threads only render: slow clients occupy none (docs/decisions/server-and-slow-clients.md).
worker_class = "ops.buffered_worker.BufferedWorker"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Per worker. Slow clients beyond these wait; a proxy in front can hold more.
worker_connections = 1000
# Seconds for which an idle connection stays open. Longer than proxies keep theirs for the next request (nginx and most others
# 60 s), so that it is always the proxy that closes: it would send a request into a connection that has just been closed here.
keepalive = 75
# The control socket would lie in the home directory; `make run` writes nothing outside the clone.
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Start the jobs worker beside the server, unless JOBS_WORKER is 0. It is stored on `server` since HUP reloads this file."""
    if env("JOBS_WORKER", default="1") != "0" and getattr(server, "jobs_worker", None) is None:
        server.jobs_worker = worker.start()


def post_worker_init(_worker: object) -> None:
    """Load the facets of all records in the background; at 100,000 records the first query of the database engine, also in
    an outage, would otherwise take two seconds longer."""
    threading.Thread(target=_prepare, name="prepare-engine", daemon=True).start()


def _prepare() -> None:
    from django.db import connection

    from search.engines import engine

    try:
        engine().prepare()
        # Exclude these long-lived objects from garbage collection, which delayed responses by 160 ms at 100,000 practices.
        gc.freeze()
    except Exception:
        logging.getLogger(__name__).warning(
            "The engine was not prepared; the first query will do it.", exc_info=True
        )
    finally:
        connection.close()


def worker_exit(_server: object, _worker: object) -> None:
    """Write the counts of use of the worker's last seconds."""
    write_counts()


def on_exit(server: object) -> None:
    worker.end(getattr(server, "jobs_worker", None))
