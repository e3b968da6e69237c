"""Browsers from which somebody has signed in before: a signed cookie tells them, so that an attacker elsewhere locks nobody out.

The protocol is OWASP's of device cookies: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "known_device"
SALT = "accounts.devices"
KEPT_FOR = 365 * 24 * 3600  # seconds
MOST_NAMES = 5  # people who share a browser


def device_of(request: HttpRequest, name: str) -> str:
    """Return the id of the device from which `name` signed in before with this cookie; empty without one."""
    return _known(request).get(_key(name), "")


def remember_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Let the browser that gets `response` be known as a device of `name`."""
    known = _known(request)
    known[_key(name)] = known.pop(_key(name), "") or get_random_string(16)
    newest = dict(list(known.items())[-MOST_NAMES:])
    response.set_cookie(
        COOKIE, signing.dumps(newest, salt=SALT), max_age=KEPT_FOR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        known: dict[str, str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return {}
    return known


def _key(name: str) -> str:
    """Who it was is not to be read from the cookie."""
    return salted_hmac(SALT, name).hexdigest()[:16]
