"""Signal receivers of practices, in the transaction of the change."""

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.models import Revision, WorkflowState
from wagtail.signals import (
    page_published,
    post_page_move,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
)

from accounts.fact_changes import is_fact_change
from indexing.records import rebuild_all
from practices.models import PracticePage, ReviewLink
from practices.notices import notify_translators
from practices.translations import hand_over_references, promote_translation, record_translated_versions


@receiver(page_published, sender=PracticePage)
def practice_published(instance: PracticePage, revision: Revision | None = None, **kwargs: Any) -> None:
    record_translated_versions(instance)
    if instance.is_original:
        notify_translators(instance)
    # The draft that the links open stays one.
    if not is_fact_change(revision):
        ReviewLink.objects.of_page(instance.pk).delete()


@receiver(workflow_approved)
@receiver(workflow_rejected)
@receiver(workflow_cancelled)
def review_ended(instance: WorkflowState, **kwargs: Any) -> None:
    ReviewLink.objects.of_page(int(instance.object_id)).delete()


@receiver(post_page_move, sender=PracticePage)
def practice_moved(instance: PracticePage, **kwargs: Any) -> None:
    PracticePage.objects.get(pk=instance.pk).save(clean=False)  # takes the country of its new section


@receiver(pre_delete, sender=PracticePage)
def before_practice_delete(instance: PracticePage, **kwargs: Any) -> None:
    hand_over_references(instance)
    instance.adopters_before = list(PracticePage.objects.adopted_from(instance).keys())


@receiver(post_delete, sender=PracticePage)
def practice_deleted(instance: PracticePage, **kwargs: Any) -> None:
    promote_translation(instance)
    rebuild_all(instance.adopters_before)
