"""`manage.py note_file_uses`: recompute which pages show which images and documents."""

from django.core.management.base import BaseCommand, CommandParser

from core.draft_references import index_all_drafts
from core.file_uses import record_all_file_uses
from core.models import FileUse


class Command(BaseCommand):
    help = "Find out anew which pages show which images and documents, by which the portal says who may fetch them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="what pages show only where nothing is noted yet"
        )

    def handle(self, *args: object, if_needed: bool, **options: object) -> None:
        if not (if_needed and FileUse.objects.exists()) and (uses := record_all_file_uses()):
            self.stdout.write(f"{uses} uses of images and documents by pages were noted.")
        # Always, since a database of an older release has file uses but no references of drafts.
        index_all_drafts()
