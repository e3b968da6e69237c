"""Jobs of practices: the acts of the desk, one practice a step."""

import logging
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from core.jobs import Done, Next, job
from practices.desk.acts import LeftOut, perform
from practices.models import DeskAct, PracticePage

logger = logging.getLogger(__name__)
# Locks, deadlocks, a lost connection: the step is tried again.
PASSING = (OperationalError, InterfaceError)


@job("practices.desk_act")
def carry_out(cursor: int | None, *, act: int) -> Next | Done:
    """Do an act to the next of its practices. What is left out is noted with the reason, in the language of who asked.

    So is a practice that cannot be saved: tried again and again, it would keep the others waiting.
    """
    desk_act = DeskAct.objects.select_related("owner").filter(pk=act).first()
    if desk_act is None or desk_act.is_finished:
        return Done()
    key = UUID(desk_act.keys[desk_act.done])
    with override(UserProfile.get_for_user(desk_act.owner).get_preferred_language()):
        try:
            with transaction.atomic():
                confirmed = desk_act.confirmed.get(str(key))
                perform(desk_act.code, desk_act.value, key, desk_act.owner, confirmed)
        except LeftOut as left_out:
            desk_act.left_out.append([_title(key), str(left_out)])
        except PASSING:
            raise
        except Exception as failure:
            logger.exception("An act of the desk left out practice %s.", key)
            desk_act.left_out.append([_title(key), _reason(failure)])
    desk_act.done += 1
    desk_act.save(update_fields=["done", "left_out"])
    if desk_act.is_finished:
        return Done()
    return Next(desk_act.done, desk_act.done, len(desk_act.keys))


def _reason(failure: Exception) -> str:
    """Return why a practice was not saved; what is not about its fields is for the log."""
    if isinstance(failure, ValidationError):
        return _("It could not be saved: %(error)s") % {"error": " ".join(failure.messages)}
    return _("It could not be saved because of an error in the portal, which its log names.")


def _title(key: UUID) -> str:
    page = PracticePage.objects.of_record(key).originals().first()
    return page.get_admin_display_title() if page else str(key)
