"""Clients that send and read slowly hold neither a thread nor a database connection: others are answered meanwhile."""

import re
import subprocess
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from tests.journeys.serving import free_port, serve
from tests.portal.slow_clients import KINDS, seconds_to_live, slow_clients, still_open
from tests.support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]

ROOT = Path(settings.BASE_DIR)
NGINX = "/usr/sbin/nginx"
QUICK = hypothesis_settings.get_current_profile_name() == "quick"
# The default is 2 workers of 4 threads, so that 9 are more than the threads.
CLIENTS = 30 if QUICK else 100
CLIENTS_OF_A_PROXY = 500
ASKED = 10 if QUICK else 40
# A machine with more to do is slow; a portal that waits for its slow clients does not answer at all.
PATIENCE = 30


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("slow")) as portal:
        yield int(portal.address.rpartition(":")[2])


@pytest.fixture(scope="module")
def proxied_port(port, tmp_path_factory):
    with nginx(port, tmp_path_factory.mktemp("nginx")) as listening:
        yield listening


@pytest.mark.drill
@pytest.mark.parametrize("kind", KINDS)
def test_others_are_answered_while_many_clients_are_slow(port, kind):
    with slow_clients(port, kind, CLIENTS) as clients:
        answered_meanwhile(port)
        assert still_open(clients) == CLIENTS  # it was they who were slow


@pytest.mark.drill
def test_requests_sent_ahead_are_few(port):
    """Only so many answers wait for a client that asks and asks without reading."""
    with slow_clients(port, "readers", 1) as (client,):
        received = b""
        while piece := client.recv(1 << 20):
            received += piece
    assert received.count(b"HTTP/1.1 200 OK") == 4
    assert received.lower().count(b"connection: close") == 1


def test_no_answer_without_a_stream_costs_the_connection(port):
    """Of a middleware, of Django's or of ours, or of a view: on a slow line each new connection costs a second."""
    client = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.connect()
    own, closing = client.sock, []
    paths = {
        "/": 302, "/en/search": 301, "/search": 302, "/p/none": 302, "/en/nowhere/": 404, "/api/v1/nothing": 404,
        "/-/live": 200, f"/en/?{'x' * 5000}": 400, "/api/v1/openapi.json": 200, "/oai?verb=None": 200, "/en/": 200,
    }  # fmt: skip
    for path, status in paths.items():
        client.request("GET", path)
        answer = client.getresponse()
        body = answer.read()
        assert answer.status == status, path
        if answer.getheader("Content-Length") != str(len(body)) or client.sock is not own:
            closing.append(path)
            client.connect()
            own = client.sock
    client.close()
    assert closing == []


@pytest.mark.proxy
@pytest.mark.parametrize("kind", KINDS)
def test_behind_the_documented_proxy_more_may_be_slow(proxied_port, kind):
    with slow_clients(proxied_port, kind, CLIENTS_OF_A_PROXY):
        answered_meanwhile(proxied_port)


def answered_meanwhile(port):
    for _ in range(ASKED):
        seconds_to_live(port, PATIENCE)
        time.sleep(0.1)


@contextmanager
def nginx(portal, folder):
    """The proxy of ops/nginx.conf before the portal at this port, without TLS, on a port of its own."""
    listening, redirecting = free_port(), free_port()
    site = (ROOT / "ops" / "nginx.conf").read_text()
    site = re.sub(r"^ *ssl_.*\n", "", site, flags=re.MULTILINE)
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{listening}")
    site = site.replace("listen 80;", f"listen 127.0.0.1:{redirecting};")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{portal}")
    # All clients of the test come from one address.
    site = re.sub(r"^.*limit_req.*\n", "", site, flags=re.MULTILINE)
    paths = "".join(
        f"{name}_temp_path {folder};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid;\nerror_log {folder}/errors;\ndaemon off;\nworker_processes 2;\n"
        "worker_rlimit_nofile 16384;\nevents { worker_connections 8192; }\n"
        f"http {{ access_log off;\n{paths}{site} }}\n"
    )
    # Its workers are nobody where root starts them.
    folder.chmod(0o777)
    server = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")])
    try:
        wait_until_answered(listening)
        yield listening
    finally:
        server.terminate()
        server.wait(30)


def wait_until_answered(port):
    def is_answered():
        with suppress(OSError, HTTPException):
            seconds_to_live(port, PATIENCE)
            return True

    until(is_answered, PATIENCE)
