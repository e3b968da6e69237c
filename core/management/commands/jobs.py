"""`manage.py jobs [--retry]`: list failing and waiting jobs and refused mail; print nothing if all is well."""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from core.models import Job, Mail
from core.outbox import retry_refused


class Command(BaseCommand):
    help = "List unfinished jobs and refused e-mails with their last errors; --retry tries them all now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="let the worker try all of them at once")

    def handle(self, *args: object, retry: bool, **options: object) -> None:
        for job in Job.objects.unfinished():
            self.stdout.write(
                _line(job, f"{job.done} of {job.total or '?'}", job.due, job.failures, job.error)
            )
        for mail in Mail.objects.refused():
            state = "given up" if mail.given_up else "waits"
            self.stdout.write(
                _line(f"e-mail to {mail.recipient}", state, mail.due, mail.attempts, mail.error)
            )
        if retry:
            Job.objects.unfinished().update(due=timezone.now(), failures=0)
            retry_refused()


def _line(what: object, state: str, due: datetime | None, failures: int, error: str) -> str:
    return f"{what}: {state}, next attempt {timezone.localtime(due):%Y-%m-%d %H:%M:%S}, failures {failures} {error}".strip()
