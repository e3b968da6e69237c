"""As `make run`, with e-mails kept in memory instead of the outbox, and no limit of requests."""

from portal.settings.demo import *  # noqa: F403
from portal.settings.demo import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tools.recordings"]

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
API_REQUESTS_A_MINUTE = 0
ALLOWED_HOSTS = ["testserver"]
SITE_ADDRESS = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
