"""Gunicorn's worker with waitress inside: what a long answer costs whose reader reads nothing, and how a worker ends."""

import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
from django.conf import settings

from tests.journeys.serving import free_port
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
        "--no-control-socket",
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
