"""Signal receivers that refuse deleting or recoding a term or tag that is in use."""

from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from taggit.models import Tag

from taxonomy.models import Term
from taxonomy.uses import refuse_deletion, refuse_new_code


@receiver(pre_delete)
def term_deleted(instance: Model, **kwargs: object) -> None:
    if isinstance(instance, (Term, Tag)):
        refuse_deletion(instance)


@receiver(pre_save)
def term_saved(instance: Model, raw: bool = False, **kwargs: object) -> None:
    if isinstance(instance, (Term, Tag)) and instance.pk and not raw:
        refuse_new_code(instance, "slug" if isinstance(instance, Tag) else "code")
