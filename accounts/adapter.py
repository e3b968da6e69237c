"""django-allauth's rules for the portal: nobody signs up, nobody learns which addresses are known."""

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
        """Return where one comes after signing in without having been on the way somewhere."""
        return resolve_url(home_of(request.user))

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether `url` is on the host that was asked. ALLOWED_HOSTS may name others."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Nothing: the pages say it themselves, and a message would wait for the next page of the admin."""

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of the letter, at the portal's own address: the host of a request is its sender's to choose."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return absolute(path.replace("UID-KEY", key))


def home_of(user: AnyUser) -> str:
    """Return the name of a user's own beginning: without a role, the page that says so."""
    return "wagtailadmin_home" if user.has_perm("wagtailadmin.access_admin") else "account_login"
