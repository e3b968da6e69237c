"""The container image is built and serves, with the database in PostgreSQL: one practice published, found, fetched as PDF."""

import os
import secrets
import signal
import socket
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import uuid4

import psycopg2
import pytest
from django.conf import settings

from tests.support.waiting import until

pytestmark = pytest.mark.image
ROOT = Path(settings.BASE_DIR)
STARTS_WITHIN = 120
PUBLISH = """
from practices.models import PracticePage, SectionPage
section = SectionPage.objects.get(slug="kazakhstan", locale__language_code="en")
page = PracticePage(title="Served from the image", slug="served", summary="A practice about broadband.", live=False)
section.add_child(instance=page)
page.save_revision().publish()
print(page.translation_key)
"""


@pytest.fixture(scope="module")
def database_url():
    server = os.environ["TEST_DATABASE_URL"].rpartition("/")[0]
    name = f"image_{uuid4().hex[:12]}"
    with _administration(server) as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield f"{server}/{name}"
    with _administration(server) as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _administration(server):
    with closing(psycopg2.connect(f"{server}/postgres")) as connection:
        connection.autocommit = True
        yield connection.cursor()


def command(environment, *words):
    options = [option for pair in environment.items() for option in ("-e", "=".join(pair))]
    return [str(ROOT / "ops" / "image"), "run", *options, *words]


def run(environment, *words):
    """Run a command in the image and return what it printed."""
    done = subprocess.run(command(environment, *words), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fetch(environment, path):
    """The status, type and content of a page, asked as the proxy does."""
    headers = {"X-Forwarded-Proto": "https", "Host": "practices.example.org"}
    url = f"http://127.0.0.1:{environment['PORT']}{path}"
    with urlopen(Request(url, headers=headers), timeout=60) as response:
        return response.status, response.headers["Content-Type"], response.read()


@contextmanager
def served(environment):
    """The image's own server, until it is ready and then until the end."""
    words = ["gunicorn", "--config", "ops/gunicorn.py", "--worker-tmp-dir", "/dev/shm", "portal.wsgi"]
    output = subprocess.PIPE
    server = subprocess.Popen(
        command(environment, *words), stdout=output, stderr=output, start_new_session=True
    )
    try:
        until(lambda: server.poll() is not None or _is_ready(environment), STARTS_WITHIN, pause=0.5)
        assert server.poll() is None, server.communicate()
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        _, errors = server.communicate(timeout=60)
    assert b"No writable cache directories" not in errors


def _is_ready(environment):
    try:
        return fetch(environment, "/-/ready")[0] == 200
    except URLError:
        return False


def test_the_image_serves_what_is_published(database_url, tmp_path):
    build = subprocess.run([str(ROOT / "ops" / "image"), "build"], capture_output=True, text=True)
    assert build.returncode == 0, build.stderr[-5000:]
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    environment = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "practices.example.org",
        "SITE_ADDRESS": "https://practices.example.org",
        "BIND": "127.0.0.1",
        "PORT": str(port),
    }
    run(environment, "sh", "-c", "python manage.py migrate --no-input && python manage.py setup_portal")
    run(environment, "python", "manage.py", "shell", "--no-imports", "-c", PUBLISH)

    with served(environment):
        assert b"Served from the image" in fetch(environment, "/en/search/?q=broadband")[2]
        assert fetch(environment, "/en/practices/kazakhstan/served/")[0] == 200
        status, kind, pdf = fetch(environment, "/en/practices/kazakhstan/served/brief.pdf")
        assert (status, kind) == (200, "application/pdf")
        assert pdf.startswith(b"%PDF")
