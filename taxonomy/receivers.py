"""Signal receivers: refuse deleting or recoding a term or tag that is in use; changed synonyms change what is found."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from taggit.models import Tag

from core.versions import next_version
from taxonomy.models import Synonym, Term
from taxonomy.uses import refuse_deletion, refuse_new_code


@receiver(pre_delete)
def term_deleted(instance: Model, **kwargs: object) -> None:
    if isinstance(instance, (Term, Tag)):
        refuse_deletion(instance)


@receiver(pre_save)
def term_saved(instance: Model, raw: bool = False, **kwargs: object) -> None:
    if isinstance(instance, (Term, Tag)) and instance.pk and not raw:
        refuse_new_code(instance, "slug" if isinstance(instance, Tag) else "code")


@receiver([post_save, post_delete], sender=Synonym)
def synonyms_changed(**kwargs: object) -> None:
    next_version()
