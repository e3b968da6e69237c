"""django-allauth's adapter: no sign-up, and responses do not reveal which e-mail addresses have accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.client_ip import client_ip
from core.alternates import absolute
from core.users import AnyUser


class PortalAccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The username or password is incorrect. Check both and try again."),
        "invalid_password_reset": _("This link has already been used or has expired."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request) or ""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the URL to open after signing in without `next`."""
        return resolve_url(home_of(request.user))

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether `url` is on the host of the request; ALLOWED_HOSTS may contain others."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Add no message: the pages contain the text, and a message would appear on the next admin page."""

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link for the e-mail, on SITE_ADDRESS: the Host header can be forged."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return absolute(path.replace("UID-KEY", key))


def home_of(user: AnyUser) -> str:
    """Return the name of the view that a user starts on; without a role, the sign-in page, which explains that."""
    return "wagtailadmin_home" if user.has_perm("wagtailadmin.access_admin") else "account_login"
