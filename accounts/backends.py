"""Sign-in rules."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class PortalBackend(ModelBackend):
    """Django's own, but a demo account is refused wherever DEMO_ACCOUNTS is off."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO_ACCOUNTS or not user.is_demo)
