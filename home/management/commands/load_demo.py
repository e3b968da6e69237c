"""`manage.py load_demo`: load the demo content and one account for each role."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home.demo import collections, drafts, pages, people, practices
from practices.models import SectionPage

HEADINGS = ("Username", "Password", "Role")


class Command(BaseCommand):
    help = "Loads real practices, collections, drafts in review and demo accounts. Loading again changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO_ACCOUNTS:
            raise CommandError(
                "Demo content comes with accounts whose password everybody knows, and these settings refuse them."
                " Load it with portal.settings.demo or portal.settings.dev."
            )
        if not SectionPage.objects.exists():
            call_command("setup_portal", verbosity=options["verbosity"])
        practices.load()
        # Before the reviewers' accounts exist, so that no e-mails about reviews are sent.
        people.load(drafts.authors())
        drafts.load()
        people.load()
        collections.load()
        pages.load()
        self.stdout.write("\n".join(_lines([HEADINGS, *people.table()])))


def _lines(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
