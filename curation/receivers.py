"""What is picked follows its practice."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from curation.models import CollectionItem
from practices.models import PracticePage
from practices.translations import next_original


@receiver(pre_delete, sender=PracticePage)
def practice_goes(instance: PracticePage, **kwargs: object) -> None:
    """It stays picked by another of its pages; where this is the last, by its key and its title."""
    picked = CollectionItem.objects.filter(practice=instance.pk)
    if successor := next_original(instance):
        picked.update(practice=successor)
    else:
        picked.update(practice_title=instance.title)
