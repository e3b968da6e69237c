"""A gunicorn worker with waitress inside: one loop reads requests and sends responses, threads only compute them.

Clients that send or read slowly therefore hold a connection and some memory, never a thread or a database connection
(docs/decisions/server-and-slow-clients.md). Gunicorn forks, watches and ends the workers as before.
"""

import logging
import os
import resource
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from ops.counts import write_counts_beside

# Requests that a client may send before it has read the answer to the first. Browsers send one.
MOST_PIPELINED = 4
FILES_OF_A_CONNECTION = 3  # the socket, a long body and a long answer
SECONDS_TO_NOTICE_THE_END = 1


class Task(WSGITask):
    @property
    def has_body(self) -> bool:
        """Whether a body follows; not in answer to HEAD, where waitress would end an empty one of unknown length by a chunk."""
        return super().has_body and not (self.request.command == "HEAD" and self.content_length is None)

    def set_close_on_finish(self) -> None:
        """Keep the connection open after a response without a body. Waitress closes it, so on a slow line each 304 would cost a
        new connection."""
        asked_for = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or self.version != "1.1" or asked_for:
            super().set_close_on_finish()


class Channel(HTTPChannel):
    task_class = Task

    def received(self, data: bytes) -> bool:
        """Drop pipelined requests beyond MOST_PIPELINED and close the connection after the last: the responses to a client
        that reads none of them would fill the disk."""
        data_received = super().received(data)
        with self.requests_lock:
            if len(self.requests) > MOST_PIPELINED:
                for request in self.requests[MOST_PIPELINED:]:
                    request.close()
                del self.requests[MOST_PIPELINED:]
                self.requests[-1].headers["CONNECTION"] = "close"
        return data_received


class Server(TcpWSGIServer):
    channel_class = Channel
    # Seconds after which a client that reads nothing of its answer is given up.
    stalled_timeout: float = 60

    def maintenance(self, now: float) -> None:
        """Close idle connections as waitress does, and also those of clients that read nothing: waitress would wait until such
        a socket accepts more, and so would the thread of a response longer than `outbuf_high_watermark`."""
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            if channel.total_outbufs_len and channel.last_activity < now - self.stalled_timeout:
                channel.will_close = True
                channel.handle_close()


class BufferedWorker(Worker):
    """A worker with gunicorn's options `threads`, `worker_connections` (per process), `timeout` of the loop, `keepalive` of idle
    connections and `graceful_timeout`."""

    def run(self) -> None:
        _allow_open_files(self.cfg.worker_connections * FILES_OF_A_CONNECTION)
        # A line for each request that waits for a thread would be most of the log of a busy hour.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(self.cfg.threads)
        connections: dict[int, object] = {}
        servers = [self._server(socket, connections, dispatcher) for socket in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self.notify()
            wasyncore.loop(SECONDS_TO_NOTICE_THE_END, use_poll=True, map=connections, count=1)
        self._finish(servers, connections)
        dispatcher.shutdown()

    def _server(
        self, socket: Any, connections: dict[int, object], dispatcher: ThreadedTaskDispatcher
    ) -> Server:
        options = Adjustments(
            sockets=[socket.sock],
            threads=self.cfg.threads,
            connection_limit=self.cfg.worker_connections,
            backlog=self.cfg.backlog,
            # Four times the portal's limit, so that most requests that are too long get the portal's own 400
            # (portal.middleware.requests); beyond it waitress answers 431.
            max_request_header_size=16_384,
            max_request_body_size=64 * 1024 * 1024,
            # Longer data is buffered in a file, so that a hundred connections need at most a hundred megabytes.
            inbuf_overflow=131_072,
            outbuf_overflow=524_288,
            channel_timeout=self.cfg.keepalive,
            cleanup_interval=min(self.cfg.timeout, 5),
            # The portal judges these itself (TRUSTED_PROXIES).
            clear_untrusted_proxy_headers=False,
            ident="",
            url_scheme="http",
        )
        address = (socket.sock.family, socket.sock.type, socket.sock.proto, socket.sock.getsockname())
        server = Server(
            self.wsgi,
            connections,
            _sock=socket.sock,
            dispatcher=dispatcher,
            adj=options,
            sockinfo=address,
            bind_socket=False,
        )
        server.stalled_timeout = self.cfg.timeout * 2
        return server

    def _finish(self, servers: list[Server], connections: dict[int, object]) -> None:
        """Accept no more connections and finish the responses in progress, until `graceful_timeout`."""
        for server in servers:
            server.accepting = False
        write_counts_beside()
        given_up = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < given_up and any(map(_is_busy, connections.values())):
            self.notify()
            wasyncore.loop(0.1, use_poll=True, map=connections, count=1)


def _is_busy(connection: object) -> bool:
    return isinstance(connection, Channel) and bool(connection.requests or connection.total_outbufs_len)


def _allow_open_files(count: int) -> None:
    """Raise the soft limit of open files, often 1,024, as far as the hard limit allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = count + 256 if hard == resource.RLIM_INFINITY else min(count + 256, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
