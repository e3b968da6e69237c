"""Tests: a throw-away secret and database, fast passwords, mail kept in memory."""

import os
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from portal.settings.base import *  # noqa: F403
from portal.settings.base import STORAGES, VAR_DIR, env, sqlite_database

DEMO_ACCOUNTS = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# SQLite with its options of base.py unless the tests are told another database; tests.support.database says where the file is.
if "TEST_DATABASE_URL" in os.environ:
    DATABASES = {"default": env.db("TEST_DATABASE_URL")}
    if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # a process beside the tests, on their database
        DATABASES = {"default": sqlite_database(Path(DATABASES["default"]["NAME"]))}
else:
    DATABASES = {"default": sqlite_database(VAR_DIR / "never-written.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "renditions": {"BACKEND": "tests.support.storage.RenditionsInMemory"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
# Tests that ask the search server say so (tests.support.serving); a process beside them is told here.
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL_OF_PROCESS", "")
API_REQUESTS_A_MINUTE = 0
# A thread that writes would wait for the transaction of each test; tests of the counts write them themselves.
USAGE_SECONDS = 0
