"""Publication and withdrawal at their times, page by page."""

import logging
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


def something_is_due() -> bool:
    return any(due.exists() for due in _stages())


def next_after(stage: int, pk: int) -> tuple[int, int] | None:
    """Withdraw or publish what comes after the object `pk` of a stage; returns where that was, None where nothing is left.

    One that fails is logged and holds up no other.
    """
    for number, due in list(enumerate(_stages()))[stage:]:
        found = due.filter(pk__gt=pk if number == stage else 0).order_by("pk").first()
        if found is not None:
            try:
                with transaction.atomic():
                    _carry_out(found)
            except Exception:
                logger.exception("%r could not be published or withdrawn at its time.", found)
            return number, found.pk
    return None


def _stages() -> list[QuerySet[Any]]:
    """What has expired, of pages and of other models with drafts, then what is to go live."""
    now = timezone.now()
    models = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    expired = [model._default_manager.filter(live=True, expire_at__lt=now) for model in [Page, *models]]
    return [*expired, Revision.objects.filter(approved_go_live_at__lt=now)]


def _carry_out(found: Model) -> None:
    if isinstance(found, Revision):
        found.publish(log_action="wagtail.publish.scheduled")
        return
    # As its own type does it, with all that belongs to it.
    owner: Any = found.specific if isinstance(found, Page) else found
    owner.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
