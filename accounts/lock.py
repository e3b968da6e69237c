"""Limits on password guessing. django-axes counts failures in the database, so all processes share them.

A failure is counted per user name and device if the device is known for that name, else per user name and client. Five
failures lock that device or client for that name. Beyond the ceilings below only known devices may try.

A page password is shared, so its failures are counted per browser, which gets a cookie at the first failure: readers at the
same IP address do not lock each other out. A browser that drops the cookie is limited by the ceilings.
"""

from typing import Any

from axes.conf import settings
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from accounts.devices import GUESSING_COOKIE, device_of, remember_device
from core.alternates import same_address
from core.throttle import client_key
from core.users import AnyUser

# Failures of unknown devices within AXES_COOLOFF_TIME: for one user name from all clients, and of one client for all names.
MOST_FOR_NAME = 20
MOST_FOR_CLIENT = 100  # an office of twenty behind one address mistypes too
# For a page password: of one client, and from all clients. Beyond these a client without failures has one try, so that
# attackers at a few addresses do not lock out new readers; attackers at hundreds reach the last limit, which stops everybody.
MOST_OF_CLIENT_FOR_PAGE = 20
MOST_FOR_PAGE = 60
MOST_FOR_PAGE_WITH_FIRST_TRIES = 600
UNKNOWN = ""
# Prefix of the id of a browser that has not yet entered the right page password.
GUESSING = "guessing:"
Credentials = dict[str, object] | None


def lockout_parameters(request: HttpRequest, credentials: Credentials = None) -> list[list[str]]:
    """Return the fields by which failures are counted (AXES_LOCKOUT_PARAMETERS). `user_agent` holds the device id."""
    is_known = getattr(request, "axes_user_agent", UNKNOWN) != UNKNOWN
    return [["username", "user_agent"] if is_known else ["username", "ip_address", "user_agent"]]


class LockHandler(AxesDatabaseHandler):
    """django-axes' database handler, with known devices and ceilings."""

    def is_allowed(self, request: HttpRequest, credentials: Credentials = None) -> bool:
        _identify(request, get_client_username(request, credentials))
        return bool(super().is_allowed(request, credentials))

    def is_locked(self, request: Any, credentials: Credentials = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        is_known = request.axes_user_agent not in (UNKNOWN, getattr(request, "guessing_device", UNKNOWN))
        return not is_known and self._is_over_ceilings(request, credentials)

    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, object],
        request: HttpRequest | None = None,
        **kwargs: object,
    ) -> None:
        if request is not None:
            _identify(request, get_client_username(request, credentials))
        super().user_login_failed(sender, credentials, request, **kwargs)

    def user_logged_in(self, sender: object, request: HttpRequest, user: AnyUser, **kwargs: object) -> None:
        _identify(request, user.get_username())
        super().user_logged_in(sender, request, user, **kwargs)

    def _is_over_ceilings(self, request: Any, credentials: Credentials) -> bool:
        unknown = Q(user_agent=UNKNOWN) | Q(user_agent__startswith=GUESSING)
        since = request.axes_attempt_time - settings.AXES_COOLOFF_TIME
        recent = AccessAttempt.objects.filter(unknown, attempt_time__gte=since)
        for_name = recent.filter(username=get_client_username(request, credentials))
        of_client = recent.filter(ip_address=request.axes_ip_address)
        most_for_name = MOST_FOR_NAME
        if hasattr(request, "guessing_device"):
            from_here = _failures(for_name.filter(ip_address=request.axes_ip_address))
            if from_here >= MOST_OF_CLIENT_FOR_PAGE:
                return True
            most_for_name = MOST_FOR_PAGE if from_here else MOST_FOR_PAGE_WITH_FIRST_TRIES
        return _failures(for_name) >= most_for_name or _failures(of_client) >= MOST_FOR_CLIENT


def forget_failures(name: str) -> None:
    """End every lock of `name`, for all its devices and clients."""
    AccessAttempt.objects.filter(username=name).delete()


def _identify(request: Any, name: str | None) -> None:
    """Store device and client in the attributes that django-axes reads. An IPv6 client is identified by its /64 network."""
    request.axes_user_agent = device_of(request, name or "") or getattr(request, "guessing_device", UNKNOWN)
    request.axes_ip_address = client_key(request.axes_ip_address or "").partition("/")[0] or None


def _failures(attempts: QuerySet[AccessAttempt]) -> int:
    return attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def locked_page(
    request: HttpRequest, response: object = None, credentials: Credentials = None
) -> HttpResponse:
    """Return the page that says when to try again (AXES_LOCKOUT_CALLABLE)."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    back = getattr(request, "url_behind_password", "")
    context = {"minutes": minutes, "back": back, "alternates": same_address(request.path)}
    template = "account/page_locked.html" if back else "account/locked.html"
    page = render(request, template, context, status=429)
    page.headers["Retry-After"] = str(minutes * 60)
    add_never_cache_headers(page)
    return page


def limit_guesses(request: Any, name: str, url: str, check: Any) -> HttpResponse:
    """Return the response of `check` to a form with a page or document password, or the "locked" page.

    Failures are counted under `name`; `url` is that of the protected page or file. `check` redirects if the password is right.
    """
    if request.method != "POST" or not settings.AXES_ENABLED:
        return check()
    credentials = {"username": name}
    device = device_of(request, name, GUESSING_COOKIE)
    request.guessing_device = GUESSING + device if device else UNKNOWN
    request.url_behind_password = url
    if not AxesProxyHandler.is_allowed(request, credentials):
        return locked_page(request)
    response = check()
    if response.status_code == 302:
        remember_device(request, response, name)
    else:
        request.guessing_device = GUESSING + remember_device(request, response, name, GUESSING_COOKIE)
        AxesProxyHandler.user_login_failed(limit_guesses, credentials, request)
    return response
