"""What happens on publish is one explicit call, made at once, inside the publishing transaction."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from taggit.models import Tag
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.models import page_address_changed
from practices.models import PracticePage
from search.records import keys_below, rebuild, rebuild_all, searchable_models
from taxonomy.models import Term


@receiver(page_published)
@receiver(page_unpublished)
def page_changed(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, searchable_models()):
        rebuild(instance.translation_key)


@receiver(post_delete)
def page_deleted(instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, searchable_models()):
        rebuild(instance.translation_key)


@receiver(page_address_changed)
@receiver(post_page_move)
def address_changed(instance: Any, **kwargs: Any) -> None:
    rebuild_all(keys_below(instance))


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def access_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    rebuild_all(keys_below(instance.page))


@receiver(post_save)
def term_renamed(instance: Model, created: bool, **kwargs: Any) -> None:
    if isinstance(instance, (Term, Tag)) and not created:
        with transaction.atomic():
            rebuild_all(PracticePage.objects.using_term(instance).keys())


@receiver(pre_delete)
def term_deleted(instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, (Term, Tag)):
        instance.keys_before = list(PracticePage.objects.using_term(instance).keys())


@receiver(post_delete)
def term_gone(instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, (Term, Tag)):
        with transaction.atomic():
            rebuild_all(instance.keys_before)
