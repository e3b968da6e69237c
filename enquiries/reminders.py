"""Reminders of late messages to whoever has them: once in each period, however many are late and whoever runs the job."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Role, User
from accounts.roles import focal_points_code
from enquiries.desk import messages_for
from enquiries.models import Message, Reminder
from enquiries.notices import REMIND_EVERY, remind

# The job of a day may start somewhat earlier than that of the day a period ago.
SLACK = timedelta(hours=1)
# The holder that is the secretariat.
SECRETARIAT = ""


def holders(now: datetime) -> list[str]:
    """Return who has late messages, in the order of their names in `Reminder`."""
    return sorted(_late_by_holder(now))


@transaction.atomic
def remind_holder(holder: str, now: datetime) -> bool:
    """Remind a holder of all late messages; return False if that was done within the period, or none is late any more."""
    messages = _late_by_holder(now).get(holder, [])
    if not messages or not _claim(holder, now):
        return False
    people: list[User | None] = [*_people(holder)]
    for person in people or [None]:
        remind(person, messages)
    return True


def _claim(holder: str, now: datetime) -> bool:
    """Record the reminder; return False if one was sent within the period. Of two workers only one gets True."""
    _, created = Reminder.objects.get_or_create(holder=holder, defaults={"sent": now})
    due = Reminder.objects.filter(holder=holder, sent__lte=now - REMIND_EVERY + SLACK)
    return created or bool(due.update(sent=now))


def _late_by_holder(now: datetime) -> dict[str, list[Message]]:
    late: dict[str, list[Message]] = {}
    holder_of: dict[tuple[int | None, str], str] = {}
    for message in Message.objects.late(now).select_related("assigned_to").defer("text"):
        key = (message.assigned_to_id, message.country)
        if key not in holder_of:
            holder_of[key] = _holder(message)
        late.setdefault(holder_of[key], []).append(message)
    return late


def _holder(message: Message) -> str:
    """Return the person to whom the message is assigned, else its country if it has focal points, else the secretariat."""
    person = message.assigned_to
    if person and person.email and messages_for(person).filter(pk=message.pk).exists():
        return str(person.pk)
    return message.country if _people(message.country) else SECRETARIAT


def _people(holder: str) -> list[User]:
    """Return the people of a holder, none for the secretariat, whose mailbox is reminded."""
    if holder.isdecimal():
        return list(User.objects.filter(pk=holder))
    users = Role.objects.users(focal_points_code(holder)) if holder else User.objects.none()
    return list(users.exclude(email="").order_by("pk"))
