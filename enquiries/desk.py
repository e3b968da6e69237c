"""The desk of readers' messages: who sees a message, who has it, and what is done with it.

The secretariat sees all messages, focal points those that were passed on to the focal points of their country, nobody else any.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from accounts.models import Role, User
from accounts.permissions import runs_the_portal
from accounts.roles import CODES, SECRETARIAT, focal_points_code
from core.users import AnyUser
from enquiries.keepers import country_of, country_of_deleted
from enquiries.models import Message, MessageQuerySet, Status
from enquiries.notices import notify_assigned

VIEW = "enquiries.view_message"


def may_use_desk(user: AnyUser) -> bool:
    """Return whether this user sees any messages: all, or those of a country whose focal point they are."""
    return user.is_active and (user.has_perm(VIEW) or bool(Role.objects.countries(user)))


def messages_for(user: AnyUser) -> MessageQuerySet:
    """Return the messages that this user sees."""
    if not user.is_active:
        return Message.objects.none()
    if user.has_perm(VIEW):
        return Message.objects.all()
    return Message.objects.filter(country__in=Role.objects.countries(user))


def country_about(message: Message, page: Page | None) -> str:
    """Return the code of the country whose focal points may be given the message, "" for none; `page` is None if deleted."""
    if message.country:
        return message.country
    if page:
        return country_of(page)
    return country_of_deleted(message.record_key) if message.record_key else ""


def candidates(message: Message, page: Page | None, user: User) -> QuerySet[User]:
    """Return the people to whom `user` may assign the message, about `page`: the secretariat and its country's focal points."""
    codes = [CODES[SECRETARIAT]]
    if country := country_about(message, page):
        codes.append(focal_points_code(country))
    people = Q(groups__role__code__in=codes) | Q(pk=message.assigned_to_id)
    if runs_the_portal(user):
        people |= Q(pk=user.pk)
    return User.objects.filter(people, is_active=True).distinct().order_by("last_name", "first_name", "pk")


@transaction.atomic
def assign(message: Message, page: Page | None, person: User | None, by: User) -> None:
    """Give the message to a person, whom an e-mail tells so, or to nobody.

    From then on the focal points of their country see it if they are one.
    """
    country = country_about(message, page)
    values: dict[str, object] = {"assigned_to": person}
    if person and country in Role.objects.countries(person):
        values["country"] = message.country = country
    # An update, since the message may be erased meanwhile; and of nothing else, since it may be passed on meanwhile.
    found = Message.objects.filter(pk=message.pk).update(**values)
    if found and person and person != by:
        notify_assigned(message, person)


def change_status(
    message: Message, version: int, status: Status, user: User | None, now: datetime | None = None
) -> bool:
    """Change the status of a message as `user` saw it, in `version`.

    Return False, and change nothing, if it was changed, answered or erased meanwhile.
    """
    now = now or timezone.now()
    values = {"status": status, "changed": now, "changed_by": user, "version": F("version") + 1}
    if status == Status.OPEN:
        values["open_since"] = now
    return bool(Message.objects.filter(pk=message.pk, version=version).update(**values))


def continue_earlier(message: Message) -> None:
    """Give a new message, in the transaction that saves it, to whoever has the reader's last earlier one of its kind about
    the same page.

    Only of its kind: a report goes to the focal points, a question to the contacts, and the form says so to its reader.
    """
    same_kind = Message.objects.on_same_page(message).filter(kind=message.kind)
    earlier = same_kind.of_reader(message.sender_email).exclude(pk=message.pk).first()
    if earlier:
        message.assigned_to, message.country = earlier.assigned_to, earlier.country
        message.save(update_fields=["assigned_to", "country"])
