"""What became of an e-mail after it went into the outbox."""

from django.dispatch import receiver

from alerts.jobs import tell_again
from core.outbox import mail_given_up


@receiver(mail_given_up)
def letter_given_up(message_id: str, **kwargs: object) -> None:
    tell_again(message_id)
