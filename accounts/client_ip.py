"""The client's IP address, for the sign-in lock, the readers' forms and the API's rate limit."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str | None:
    """Return the client's IP address: behind one of TRUSTED_PROXIES, the last one in X-Forwarded-For.

    Clients can send the header themselves, so earlier entries, and the header of any other peer, are not trusted.
    """
    remote_ip: str | None = request.META.get("REMOTE_ADDR")
    if remote_ip not in settings.TRUSTED_PROXIES:
        return remote_ip
    forwarded_ip = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(forwarded_ip))
    except ValueError:
        return remote_ip
