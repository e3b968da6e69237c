"""`manage.py send_alerts`: send the due alert e-mails now, as the worker does by itself."""

from django.core.management.base import BaseCommand

from alerts.jobs import run


class Command(BaseCommand):
    help = "Write the alerts that are due and put them into the outbox."

    def handle(self, *args: object, **options: object) -> None:
        done = run()
        if done is None:
            self.stdout.write("Another run is in progress.")
        elif done.written or done.sent or done.waiting:
            self.stdout.write(f"{done.written} written, {done.sent} sent, {done.waiting} wait.")
