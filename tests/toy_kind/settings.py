"""As the tests, with one more kind."""

from portal.settings.test import *  # noqa: F403
from portal.settings.test import INSTALLED_APPS

INSTALLED_APPS = ["tests.toy_kind", *INSTALLED_APPS]
