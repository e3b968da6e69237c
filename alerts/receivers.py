"""Signal receivers for results of the outbox."""

from django.dispatch import receiver

from alerts.jobs import requeue_items
from core.outbox import mail_given_up


@receiver(mail_given_up)
def email_given_up(message_id: str, **kwargs: object) -> None:
    requeue_items(message_id)
