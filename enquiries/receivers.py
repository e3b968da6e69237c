"""Signal receivers for results of the outbox."""

from django.dispatch import receiver

from core.outbox import mail_given_up, mail_retried
from enquiries.answers import await_again, reopen_unanswered


@receiver(mail_given_up)
def email_given_up(message_id: str, **kwargs: object) -> None:
    reopen_unanswered(message_id)


@receiver(mail_retried)
def emails_retried(message_ids: list[str], **kwargs: object) -> None:
    await_again(message_ids)
