"""Wagtail's command of that name; to be run every few minutes."""

from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Page


class Command(publish_scheduled.Command):
    def handle(self, *args: object, **options: object) -> None:
        """What has expired is withdrawn first, as its own type does it, with all that belongs to it or not at all: Wagtail
        takes it for a bare page, after whose withdrawal the record could be left behind."""
        if not options["dryrun"]:
            for page in Page.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at"):
                page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        super().handle(*args, **options)
