"""Browsers from which somebody has signed in before: a signed cookie tells them, so that an attacker elsewhere locks nobody out.

The protocol is OWASP's of device cookies: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "known_device"
# Of browsers that have mistyped the password of a page: each has failures of its own, so that colleagues lock nobody out.
GUESSING_COOKIE = "guessing_device"
KEPT_FOR = {COOKIE: 365 * 24 * 3600, GUESSING_COOKIE: 3600}  # seconds
SALT = "accounts.devices"
SALTS = {COOKIE: SALT, GUESSING_COOKIE: "accounts.devices.guessing"}  # one is no good as the other
MOST_NAMES = 5  # people who share a browser


def device_of(request: HttpRequest, name: str, cookie: str = COOKIE) -> str:
    """Return the id of the device from which `name` signed in before with this cookie; empty without one."""
    return _known(request, cookie).get(_key(name), "")


def remember_device(request: HttpRequest, response: HttpResponse, name: str, cookie: str = COOKIE) -> str:
    """Let the browser that gets `response` be known as a device of `name`. Return its id."""
    known = _known(request, cookie)
    device = known.pop(_key(name), "") or get_random_string(16)
    newest = dict(list((known | {_key(name): device}).items())[-MOST_NAMES:])
    response.set_cookie(
        cookie, signing.dumps(newest, salt=SALTS[cookie]), max_age=KEPT_FOR[cookie], httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return device


def _known(request: HttpRequest, cookie: str) -> dict[str, str]:
    sent = request.COOKIES.get(cookie, "")
    try:
        known: dict[str, str] = signing.loads(sent, salt=SALTS[cookie], max_age=KEPT_FOR[cookie])
    except signing.BadSignature:
        return {}
    return known


def _key(name: str) -> str:
    """Who it was is not to be read from the cookie."""
    return salted_hmac(SALT, name).hexdigest()[:16]
