"""Record every response of the portal, as a visitor and as each demo account, at one frozen time."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.http.response import HttpResponseBase
from django.test import Client

from tools.recordings.addresses import admin_seeds, public_seeds
from tools.recordings.normalising import normalise_response
from tools.recordings.sending import send_all

# A day after the demo's newest date would be; frozen, so that no "two minutes ago" differs.
MOMENT = datetime(2027, 1, 15, 6, 0, tzinfo=UTC)
HEADERS = (
    "Content-Type",
    "Location",
    "Link",
    "Cache-Control",
    "Content-Disposition",
    "Content-Language",
    "Vary",
    "Retry-After",
)
MOST_PUBLIC, MOST_ADMIN = 3_000, 150
NOT_FOLLOWED = ("/static/", "/media/", "/documents/", "/admin/logout", "/accounts/logout", "/__debug__")


def record_all(folder: Path) -> int:
    """Write one file for each response and e-mail. Return their number."""
    folder.mkdir(parents=True, exist_ok=True)
    with time_machine.travel(MOMENT, tick=False):
        count = _record(folder, "visitor", Client(raise_request_exception=False), public_seeds(), MOST_PUBLIC)
        for user in get_user_model().objects.filter(is_demo=True).order_by("username"):
            client = Client(raise_request_exception=False)
            client.force_login(user)
            count += _record(folder, user.username, client, admin_seeds(), MOST_ADMIN)
    for number, text in enumerate(send_all(MOMENT)):
        (folder / f"mail-{number:03}.txt").write_text(text)
        count += 1
    return count


def _record(folder: Path, reader: str, client: Client, seeds: Iterable[str], most: int) -> int:
    """Follow links breadth first from `seeds`, each URL once, at most `most` of them. Return the number of responses."""
    queue = list(dict.fromkeys(seeds))
    queued = set(queue)
    done = 0
    while queue and done < most:
        url = queue.pop(0)
        response = client.get(url)
        content = b"".join(response) if response.streaming else response.content
        name = hashlib.sha256(f"{reader} {url}".encode()).hexdigest()[:16]
        head = [f"{reader} {url}", str(response.status_code)]
        head += [f"{header}: {response[header]}" for header in HEADERS if header in response]
        (folder / f"{name}.txt").write_text("\n".join(head) + "\n\n" + normalise_response(response, content))
        done += 1
        for link in _links(url, response, content):
            if link not in queued and _is_followed(link, reader):
                queued.add(link)
                queue.append(link)
    return done


def _links(url: str, response: HttpResponseBase, content: bytes) -> Iterable[str]:
    """Yield the URLs of this site to which a page links, in order."""
    if response.status_code in (301, 302) and response["Location"].startswith("/"):
        yield response["Location"]
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    for element in BeautifulSoup(content, "lxml").select("a[href], link[href], iframe[src]"):
        target = urljoin(f"http://testserver{url}", str(element.get("href") or element.get("src")))
        parts = urlsplit(target)
        if parts.netloc == "testserver" and parts.scheme == "http":
            yield parts._replace(scheme="", netloc="", fragment="").geturl()


def _is_followed(link: str, reader: str) -> bool:
    if link.startswith(NOT_FOLLOWED):
        return False
    if (reader == "visitor") == link.startswith("/admin"):
        return False
    # The seeds have a query of each kind; each page of results links to hundreds.
    return not (urlsplit(link).query and reader == "visitor")
