"""Wagtail's publish_scheduled command; run it every few minutes."""

from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Page


class Command(publish_scheduled.Command):
    def handle(self, *args: object, **options: object) -> None:
        """Unpublish expired pages as specific pages before Wagtail does; Wagtail uses the base Page, which could leave their
        records behind."""
        if not options["dryrun"]:
            for page in Page.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at"):
                page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        super().handle(*args, **options)
