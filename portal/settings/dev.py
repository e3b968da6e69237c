"""`make dev`: reloads, shows errors, serves files unhashed."""

from portal.settings.base import STORAGES
from portal.settings.demo import *  # noqa: F403

DEBUG = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ROOT_URLCONF = "portal.styleguide.urls"  # with /styleguide/, the page of all components
