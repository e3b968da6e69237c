"""The WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from portal.head import without_body_for_head

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = without_body_for_head(get_wsgi_application())
