"""manage.py note_file_uses: find out anew which pages show which images and documents."""

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
        # Always: a database of before knows what its pages show, but not what their drafts point to.
        index_all_drafts()
