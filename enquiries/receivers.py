"""Signal receivers for results of the outbox."""

from django.dispatch import receiver

from core.outbox import mail_given_up
from enquiries.answers import reopen_unanswered


@receiver(mail_given_up)
def email_given_up(message_id: str, **kwargs: object) -> None:
    reopen_unanswered(message_id)
