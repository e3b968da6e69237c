"""Gunicorn's settings, for `make run` and the container; addresses and numbers from the environment."""

import gc
import logging
import os
import threading
from pathlib import Path
from typing import Any

import environ

from ops import worker

ROOT = Path(__file__).resolve().parent.parent


class Known(environ.Env):
    """The environment and `.env`, without setting anything: what a worker reads at its start is its own affair."""

    ENVIRON = dict(os.environ)


Known.read_env(ROOT / ".env")
known = Known()

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Waitress reads and sends, threads only make answers: slow clients hold none (docs/decisions/server-and-slow-clients.md).
worker_class = "ops.buffered_worker.BufferedWorker"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Of each worker. Slow clients beyond these wait; a proxy in front has room for more.
worker_connections = 1000
# The control socket would lie in the home directory; `make run` writes nothing outside the clone.
control_socket_disable = True


def when_ready(server: Any) -> None:
    """The worker beside the server, where nothing else runs it. Kept at the server: HUP reads this file anew."""
    if known("JOBS_WORKER", default="1") != "0" and getattr(server, "jobs_worker", None) is None:
        server.jobs_worker = worker.start()


def post_worker_init(_worker: object) -> None:
    """While the first readers are served, read the facets of all records: at 100,000 of them the first query that the
    database answers, the first of an outage too, would wait two seconds for it."""
    threading.Thread(target=_prepare, name="prepare-engine", daemon=True).start()


def _prepare() -> None:
    from django.db import connection

    from search.engines import engine

    try:
        engine().prepare()
        # What lives as long as the worker is not looked through for garbage again: at 100,000 practices a reader was
        # seen to wait 160 ms for that.
        gc.freeze()
    except Exception:
        logging.getLogger(__name__).warning(
            "The engine was not prepared; the first query will do it.", exc_info=True
        )
    finally:
        connection.close()


def on_exit(server: object) -> None:
    worker.end(getattr(server, "jobs_worker", None))
