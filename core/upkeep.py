"""The jobs and loops of core: scheduled publication, sending mail and deleting old rows."""

import logging
from datetime import timedelta

from django.db import Error, close_old_connections
from django.utils import timezone

from core import outbox, scheduled
from core.jobs import Done, Next, job, loop
from core.jobs.models import Job
from core.jobs.registry import Pause
from core.leases import Lost

logger = logging.getLogger(__name__)
MAIL_EVERY, LONGEST_MAIL_PAUSE = 0.5, 300.0


@job("core.publish_scheduled", every=timedelta(minutes=1), when=scheduled.something_is_due)
def publish_scheduled(cursor: list[int] | None) -> Next | Done:
    """Publish or unpublish one page per step."""
    position = scheduled.process_next(*(cursor or (0, 0)))
    return Next(list(position)) if position else Done()


@job("core.purge", daily_at=3)
def purge(cursor: None) -> Done:
    """Delete old sent mail and finished jobs."""
    now = timezone.now()
    outbox.purge(now)
    Job.objects.finished_before(now - Job.RETENTION).delete()
    return Done()


@loop("mail")
def run_mail_loop(pause: Pause) -> None:
    """Send due mail repeatedly, with growing pauses while the mail server is unavailable."""
    failures = 0
    while True:
        try:
            result = outbox.send_due()
            if failures and result and result.sent:
                logger.info("The mail server is back.")
            failures = 0
        except (outbox.MailServerUnavailable, Lost, Error) as failure:
            failures += 1
            logger.warning("E-mail waits, attempt %d: %s", failures, failure)
        close_old_connections()
        if pause(min(MAIL_EVERY * 2 ** min(failures, 20), LONGEST_MAIL_PAUSE)):
            return
