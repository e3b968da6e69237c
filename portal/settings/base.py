"""What every setting file shares. Safe by default: the others relax it, and nothing secret has a default."""

from pathlib import Path
from zoneinfo import available_timezones

import environ
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from portal.settings.security import *  # noqa: F403
from portal.settings.sign_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

SECRET_KEY = env("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_ADDRESS = env("SITE_ADDRESS", default="http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
DEMO_ACCOUNTS = False

# The order in which receivers run: those of `indexing` after those of the apps whose pages it reads, since they change the
# pages, and before those of the apps that read what it wrote. Which app may import which: import-linter, pyproject.toml.
INSTALLED_APPS = [
    "core",
    "taxonomy",
    "accounts",
    "usage",
    "practices",
    "indexing",
    "search",
    "enquiries",
    "exports",
    "insights",
    "curation",
    "alerts",
    "api",
    "home",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.UsersAppConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_htmx",
    "ninja",
    "corsheaders",
    "axes",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",  # its Russian: Wagtail's panels say "10 seconds ago" by it
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.middleware.requests.ContentLengthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.health.HealthMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "api.middleware.RateLimitMiddleware",
    "api.middleware.LastModifiedMiddleware",
    "portal.middleware.requests.CleanRequestMiddleware",
    "usage.middleware.UsageMiddleware",
    "portal.middleware.pages.AnonymousPageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.languages.ReadersLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.requests.ReadOnlyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.late_reviews.LateReviewMiddleware",
    "accounts.guard.AdminGuardMiddleware",
    "portal.middleware.admin.AdminTransactionMiddleware",
    "core.other_language.OtherLanguageMiddleware",
    "indexing.middleware.KeySpellingMiddleware",
    "indexing.middleware.FormerPathMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def sqlite_database(file: Path) -> dict[str, object]:
    """SQLite waits for its lock and takes it at the start of a transaction, so a writer never fails half-way."""
    return {
        "ENGINE": "core.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
        },
    }


DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] = sqlite_database(Path(DATABASES["default"]["NAME"]))
DATABASES["default"] |= {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True}
# What readers see, in each process; the keys hold the content version, so that nothing has to be cleared.
CACHES = {
    "default": {
        "BACKEND": "core.caches.BytesLimitedCache",
        "OPTIONS": {"MAX_BYTES": 8 * 1024 * 1024, "MAX_ENTRIES": 10_000},
    },
    # Some 3,000 search pages as they are sent, compressed.
    "pages": {
        "BACKEND": "core.caches.BytesLimitedCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_BYTES": 32 * 1024 * 1024, "MAX_ENTRIES": 10_000},
    },
    # Not in memory: a process would name files whose rows another has deleted, or a rollback, and those are not served.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
# What one address may ask of the API and of OAI-PMH, in each process (api.middleware); 0: as much as it likes.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", default=60)
# Scripts of any site may read what machines may, never with a reader's cookies (docs/decisions/api-for-machines.md).
CORS_URLS_REGEX = r"^/(api/v1/|oai)"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ("GET", "HEAD", "POST")  # POST for OAI-PMH; the API answers it with 405
CORS_ALLOW_HEADERS = ("Accept", "Content-Type", "If-Modified-Since", "If-None-Match")
CORS_EXPOSE_HEADERS = (
    "ETag", "Last-Modified", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After",
)  # fmt: skip

# Search
# One address or several nodes', parted by commas; empty: the database answers.
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_API_KEY = env("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_CA_CERTS = env("ELASTICSEARCH_CA_CERTS", default="")
# The alias that is asked; a rebuild makes indexes named after it.
ELASTICSEARCH_INDEX = env("ELASTICSEARCH_INDEX", default="practices")
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", default=1)
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", default=0)
# Wagtail's own search serves only the admin; readers ask `search` (docs/decisions).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Behind a proxy every request comes from there: without its word all readers would share one lock and one limit.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

# Languages
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# The second: sentences of Wagtail that read better otherwise, in both languages (docs/decisions/wording-of-wagtail.md).
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
WAGTAIL_I18N_ENABLED = True
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
# A translation starts as a draft: else a copy in the wrong language would be public at once, past all review.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_ALLOW_UNICODE_SLUGS = (
    False  # one address for both languages, also of a practice first written in Russian
)

# Files: half the space and a third of the time of collectstatic without unhashed copies and compressed source maps.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
# What browsers look for at the root of a site, whatever page they show: /favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "renditions": {"BACKEND": "core.pictures.storage.RenditionStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Wagtail
# What a system's list of time zones holds beside places.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"Factory", "localtime"})
WAGTAIL_SITE_NAME = _("SPECA good practices")
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.pictures.forms.PictureForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_MODERATION_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
TAGGIT_CASE_INSENSITIVE = True
WAGTAIL_TAG_LIMIT = 20
# A pasted address stays one: Wagtail would answer with the newer title of a page whose draft one may not read.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"

# E-mail
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# All mail is written into the outbox, with the change that it tells of; the worker sends it by the backend of EMAIL_URL.
EMAIL_BACKEND = "core.mail.OutboxBackend"
EMAIL_DELIVERY_BACKEND = {"django.core.mail.backends.smtp.EmailBackend": "core.mail.EmailBackend"}.get(
    EMAIL_CONFIG["EMAIL_BACKEND"], EMAIL_CONFIG["EMAIL_BACKEND"]
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@speca.example")
SECRETARIAT_EMAIL = env("SECRETARIAT_EMAIL", default="secretariat@speca.example")

# Seconds between two writes of the counts of use: half a minute with a write that has to wait. 0: they stay in memory.
USAGE_SECONDS = 25

# Jobs
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # A line for each request to the search server, two for each saved page and eight for each brief say nothing.
    "loggers": {
        **{
            name: {"level": "WARNING"}
            for name in ("axes", "django_tasks", "fontTools", "pymorphy3", "weasyprint.progress")
        },
        "elastic_transport": {
            "level": "ERROR"
        },  # at a warning a traceback; the breaker and the worker say it in a line
    },
}
