"""Where a request comes from: one answer for the lock of the sign-in, the readers' messages and the limit of the API."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str | None:
    """The address of the client; of a request through one of TRUSTED_PROXIES the one that this proxy named last.

    Anybody can send X-Forwarded-For, so all before the last is hearsay, and so is all of it from elsewhere.
    """
    direct: str | None = request.META.get("REMOTE_ADDR")
    if direct not in settings.TRUSTED_PROXIES:
        return direct
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(named))
    except ValueError:
        return direct
