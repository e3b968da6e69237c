"""Scheduled publication and expiry, one page at a time."""

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


def process_next(stage: int, pk: int) -> tuple[int, int] | None:
    """Unpublish or publish the next due object after `pk` in a stage; return its (stage, pk), None if nothing is left.

    A failure is logged and does not block other objects.
    """
    for index, due in list(enumerate(_stages()))[stage:]:
        instance = due.filter(pk__gt=pk if index == stage else 0).order_by("pk").first()
        if instance is not None:
            try:
                with transaction.atomic():
                    _publish_or_expire(instance)
            except Exception:
                logger.exception("%r could not be published or withdrawn at its time.", instance)
            return index, instance.pk
    return None


def _stages() -> list[QuerySet[Any]]:
    """Return the querysets to process: expired pages, other expired models with drafts, then revisions to publish."""
    now = timezone.now()
    models = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    expired = [model._default_manager.filter(live=True, expire_at__lt=now) for model in [Page, *models]]
    return [*expired, Revision.objects.filter(approved_go_live_at__lt=now)]


def _publish_or_expire(instance: Model) -> None:
    if isinstance(instance, Revision):
        instance.publish(log_action="wagtail.publish.scheduled")
        return
    # The specific page, so that its own `unpublish` runs.
    owner: Any = instance.specific if isinstance(instance, Page) else instance
    owner.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
