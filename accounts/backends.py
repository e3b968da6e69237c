"""Sign-in rules."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.hashing import hashing_turn


class PortalBackend(ModelBackend):
    """Django's backend, but demo accounts are refused unless DEMO_ACCOUNTS is on, and passwords are hashed one at a time."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: object,
    ) -> Any:
        """Return the user or None. Raises SignInBusy if other sign-ins are waiting already."""
        with hashing_turn():
            return super().authenticate(request, username, password, **credentials)

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO_ACCOUNTS or not user.is_demo)
