"""Gunicorn's settings, for `make run` and the container; addresses and numbers from the environment."""

import os

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads keep a worker free while a reader on a slow line takes the answer.
threads = int(os.environ.get("WEB_THREADS", "4"))
# The control socket would lie in the home directory; `make run` writes nothing outside the clone.
control_socket_disable = True
