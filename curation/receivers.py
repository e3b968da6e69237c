"""Signal receivers that keep picks when pages are deleted."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from curation.models import CollectionItem
from practices.models import PracticePage
from practices.translations import next_original


@receiver(pre_delete, sender=PracticePage)
def practice_deleted(instance: PracticePage, **kwargs: object) -> None:
    """Point the picks to another language of the practice; if there is none, store its title."""
    picked = CollectionItem.objects.filter(practice=instance.pk)
    if successor := next_original(instance):
        picked.update(practice=successor)
    else:
        picked.update(practice_title=instance.title)
