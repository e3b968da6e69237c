"""`manage.py search_meanings`: vectors for queries across languages; run it now and then, or after publishing."""

from django.core.management.base import BaseCommand, CommandError

from search.semantic import is_installed, refresh


class Command(BaseCommand):
    help = "Make what is missing of the vectors that find practices across languages (the optional encoder)."

    def handle(self, *args: object, **options: object) -> None:
        if not is_installed():
            raise CommandError("The encoder is not installed: pip install -r requirements-likeness.txt")
        self.stdout.write(f"{refresh()} vectors changed.")
