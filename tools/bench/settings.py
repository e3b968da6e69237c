"""As the demo, on a database of generated practices, with the stock model beside the records."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-measuring")

from portal.settings.demo import *  # noqa: F403
from portal.settings.demo import DATABASES, ELASTICSEARCH_URL, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "tools.bench"]
# The stock index is given our terms as they stand, so that it finds the same.
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}
}
if ELASTICSEARCH_URL:
    WAGTAILSEARCH_BACKENDS["elasticsearch"] = {
        "BACKEND": "tools.bench.wagtail_backend",
        "URLS": ELASTICSEARCH_URL.split(","),
        "INDEX_PREFIX": "bench-wagtail-",
        "AUTO_UPDATE": False,
    }
# Each way has a connection of its own, so that none finds its pages put out of SQLite's cache by another.
DATABASES = {name: {**DATABASES["default"]} for name in ("default", "bare", "stock")}
# One of the two servers of bench_usage.
if "BENCH_WITHOUT_COUNTING" in os.environ:
    MIDDLEWARE = [name for name in MIDDLEWARE if name != "usage.middleware.UsageMiddleware"]
LOGGING = {"version": 1, "disable_existing_loggers": True}
API_REQUESTS_A_MINUTE = 0
