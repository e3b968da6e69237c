"""`manage.py clean_pictures`: remove the metadata of stored pictures and rename their renditions."""

from django.core.management.base import BaseCommand

from core.pictures.cleaning import clean_all


class Command(BaseCommand):
    help = (
        "Take the metadata out of all stored pictures and give their sizes names that nobody can guess."
        " A second run changes nothing; a run that was killed is taken up by the next."
    )

    def handle(self, *args: object, **options: object) -> None:
        changed, failed = clean_all()
        if changed:
            self.stdout.write(f"{changed} pictures were cleaned or got new names for their sizes.")
        if failed:
            self.stderr.write(f"{failed} pictures could not be read; the log says which. Upload them anew.")
