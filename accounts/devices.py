"""Browsers from which a user has signed in before, recognised by a signed cookie, so that an attacker elsewhere cannot lock
the user out.

The protocol is OWASP's of device cookies: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "known_device"
# Set in browsers that mistyped the password of a page. Failures are counted per browser, so that colleagues are not locked out.
GUESSING_COOKIE = "guessing_device"
MAX_AGE = {COOKIE: 365 * 24 * 3600, GUESSING_COOKIE: 3600}  # seconds
SALT = "accounts.devices"
SALTS = {COOKIE: SALT, GUESSING_COOKIE: "accounts.devices.guessing"}  # one cookie is not valid as the other
MOST_NAMES = 5  # people who share a browser


def device_of(request: HttpRequest, name: str, cookie: str = COOKIE) -> str:
    """Return the id of the device from which `name` signed in before with this cookie; empty without one."""
    return _devices_by_name(request, cookie).get(_key(name), "")


def remember_device(request: HttpRequest, response: HttpResponse, name: str, cookie: str = COOKIE) -> str:
    """Set the cookie that makes this browser a known device of `name`. Return the device's id."""
    devices = _devices_by_name(request, cookie)
    device = devices.pop(_key(name), "") or get_random_string(16)
    newest = dict(list((devices | {_key(name): device}).items())[-MOST_NAMES:])
    response.set_cookie(
        cookie, signing.dumps(newest, salt=SALTS[cookie]), max_age=MAX_AGE[cookie], httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return device


def _devices_by_name(request: HttpRequest, cookie: str) -> dict[str, str]:
    cookie_value = request.COOKIES.get(cookie, "")
    try:
        devices: dict[str, str] = signing.loads(cookie_value, salt=SALTS[cookie], max_age=MAX_AGE[cookie])
    except signing.BadSignature:
        return {}
    return devices


def _key(name: str) -> str:
    """Return a hash of `name`, so that the cookie does not reveal it."""
    return salted_hmac(SALT, name).hexdigest()[:16]
