"""Gunicorn's worker with waitress inside: what a long answer costs whose reader reads nothing, and how a worker ends."""

import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack
from http.client import HTTPConnection
from types import SimpleNamespace

import pytest
from django.conf import settings
from gunicorn.config import Config
from waitress import wasyncore
from waitress.task import ThreadedTaskDispatcher

from ops import gunicorn as production
from ops.buffered_worker import BufferedWorker
from tests.journeys.serving import free_port
from tests.ops.endless import application
from tests.support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]

THREADS = 2
PATIENCE = 60
# Of gunicorn, in seconds: a connection may stand still for twice as long. Shorter, gunicorn would take a worker on a busy machine
# for dead and start another.
TIMEOUT = 5


@pytest.fixture
def server():
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--worker-class", "ops.buffered_worker.BufferedWorker"),
        *("--bind", f"127.0.0.1:{port}", "--threads", str(THREADS), "--timeout", str(TIMEOUT)),
        *("--keep-alive", str(PATIENCE), "--no-control-socket"),
        "tests.ops.endless:application",
    ]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: reached(port))
        yield port, process
        process.kill()
        process.stderr.close()


def test_readers_who_read_nothing_give_their_threads_back(server):
    port, _ = server
    with ExitStack() as readers:
        for _ in range(THREADS):
            readers.enter_context(ask(port))
        # Both threads are theirs, until the connections have stood still for too long.
        until(lambda: counts(port)[1] == 0)
        pieces, _ = counts(port)
        assert pieces * 100_000 < THREADS * 60_000_000  # made no further than what may wait for a reader


def test_an_answer_is_sent_while_it_is_made_and_ends_with_its_reader(server):
    port, _ = server
    with ask(port) as reader:
        received = 0
        while received < 200_000_000:
            received += len(reader.recv(1 << 20))
    until(lambda: counts(port)[1] == 0)


def test_told_to_end_it_sends_what_it_has_begun(server):
    port, process = server
    with ask(port) as reader:
        assert reader.recv(1 << 20)
        process.send_signal(signal.SIGTERM)
        for _ in range(20):
            assert reader.recv(1 << 20)
    assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize(("headers", "kept"), [({}, True), ({"Connection": "close"}, False)])
def test_an_answer_without_a_body_keeps_the_connection_unless_it_is_told_to_close(server, headers, kept):
    port, _ = server
    client = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.request("GET", "/unchanged", headers=headers)
    own = client.sock
    answer = client.getresponse()
    assert (answer.status, answer.read(), answer.will_close) == (304, b"", not kept)
    client.request("GET", "/")
    assert client.getresponse().status == 200
    assert (client.sock is own) == kept
    client.close()


@pytest.mark.parametrize("path", ["/page", "/", "/endless", "/unchanged"])
def test_head_gets_the_headers_and_not_a_byte_more(server, path):
    """What is sent too much, the client takes for the beginning of the next response."""
    port, process = server
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
        client.sendall(f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        client.sendall(b"GET /page HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answers = b""
        while len(answers) < 10_000 and (received := client.recv(1 << 16)):
            answers += received
    head, next_answer = answers.split(b"\r\n\r\n", 1)
    assert next_answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert next_answer.endswith(b"\r\n\r\npage")
    assert (b"Content-Length: 4" in head) == (path == "/page")
    assert b"Transfer-Encoding" not in head
    process.terminate()
    assert "body" not in process.stderr.read()


def test_the_workers_of_gunicorn_itself_have_nothing_to_warn_of():
    """Who does without the buffered worker had a line in the log for each HEAD."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--bind", f"127.0.0.1:{port}"]
    command += ["--no-control-socket", "tests.ops.endless:application"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: reached(port))
        client = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        for path in ("/page", "/", "/unchanged"):
            client.request("HEAD", path)
            assert client.getresponse().read() == b""
        client.close()
        process.terminate()
        assert "body" not in process.stderr.read()


@pytest.fixture
def idle():
    """A client that has had an answer on a connection to a worker set up as in production, and that worker's parts: the time
    is told to them, so that nobody waits for it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = Config()
        for name in ("keepalive", "threads", "worker_connections"):
            config.set(name, getattr(production, name))
        worker = BufferedWorker(1, os.getpid(), [], None, 0, config, logging.getLogger())
        worker.wsgi = application
        connections = {}
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(1)
        server = worker._server(SimpleNamespace(sock=listener), connections, dispatcher)
        client = HTTPConnection(*listener.getsockname(), timeout=PATIENCE)
        client.connect()
        client.request("GET", "/page")
        until(lambda: turn(connections) or readable(client.sock))
        assert client.getresponse().read() == b"page"
        yield client, server, connections
        client.close()
        dispatcher.shutdown()
        server.close()


def turn(connections):
    wasyncore.loop(0.1, use_poll=True, map=connections, count=1)


def readable(client):
    return bool(select.select([client], [], [], 0)[0])


def test_an_idle_connection_stays_longer_than_a_proxy_keeps_its_own(idle):
    client, server, connections = idle
    server.maintenance(time.time() + 61)  # nginx, and most others, close after 60
    turn(connections)
    client.request("GET", "/page")
    until(lambda: turn(connections) or readable(client.sock))
    assert client.getresponse().read() == b"page"
    server.maintenance(time.time() + 120)
    until(lambda: turn(connections) or readable(client.sock))
    assert client.sock.recv(1) == b""


def test_told_to_end_it_writes_the_counts_before_it_waits_for_slow_readers(monkeypatch):
    """Gunicorn kills it after as long a wait, and then nothing is written any more."""
    written = threading.Event()
    monkeypatch.setattr("usage.writer.write", written.set)
    BufferedWorker._finish(SimpleNamespace(cfg=SimpleNamespace(graceful_timeout=PATIENCE)), [], {})
    assert written.wait(PATIENCE)


def ask(port):
    reader = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    reader.sendall(b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return reader


def counts(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
        made, being_made = answer.read().split()
    return int(made), int(being_made)


def reached(port):
    try:
        return counts(port)
    except OSError:
        return None
