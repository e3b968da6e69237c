"""What the core adds to Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from core import local_drafts


@hooks.register("register_admin_urls")
def local_drafts_url() -> list[URLPattern]:
    return [path("local-drafts/session/", local_drafts.session, name="local_drafts_session")]
