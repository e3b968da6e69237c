"""`make run`: as in production, but by plain http on this machine and with the demo accounts."""

from portal.settings.base import *  # noqa: F403

DEMO_ACCOUNTS = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
