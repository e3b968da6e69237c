"""Signal receivers that rebuild records on publish, unpublish, delete, move and access changes, in the same transaction."""

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.jobs import enqueue
from core.models import page_address_changed
from indexing.former_paths import remember_paths
from indexing.kinds import searchable_models
from indexing.records import hide_descendants, rebuild
from taxonomy.models import Term


@receiver(page_published)
def page_became_public(instance: object, **kwargs: object) -> None:
    if isinstance(instance, searchable_models()):
        remember_paths(instance)


@receiver(page_published)
@receiver(page_unpublished)
def page_changed(instance: object, **kwargs: object) -> None:
    if isinstance(instance, searchable_models()):
        rebuild(instance.translation_key)


@receiver(post_delete)
def page_deleted(instance: Model, **kwargs: object) -> None:
    if isinstance(instance, searchable_models()):
        rebuild(instance.translation_key)


@receiver(page_address_changed)
@receiver(post_page_move)
def path_changed(instance: Page, **kwargs: object) -> None:
    remember_paths(instance)
    rebuild_page_and_descendants(instance, hide=instance.get_view_restrictions().exists())


@receiver(post_save, sender=PageViewRestriction)
def access_restricted(instance: PageViewRestriction, **kwargs: object) -> None:
    rebuild_page_and_descendants(instance.page, hide=True)


@receiver(post_delete, sender=PageViewRestriction)
def access_opened(instance: PageViewRestriction, origin: object, **kwargs: object) -> None:
    if not (isinstance(origin, PageViewRestriction) or getattr(origin, "model", None) is PageViewRestriction):
        return  # deleted with its page, which must not become public for that moment
    remember_paths(instance.page)
    rebuild_page_and_descendants(instance.page, hide=False)


@transaction.atomic
def rebuild_page_and_descendants(page: Page, *, hide: bool) -> None:
    """Rebuild the page's record now, and those of its descendants by a job.

    With `hide`, descendants are removed from the search at once.
    """
    if issubclass(page.specific_class or Page, searchable_models()):
        rebuild(page.translation_key)
    if Page.objects.filter(pk=page.pk, numchild__gt=0).exists():
        if hide:
            hide_descendants(page)
        enqueue("indexing.rebuild_below", page=page.pk)


@receiver(post_save)
def term_renamed(instance: Model, created: bool, **kwargs: object) -> None:
    """Queue a rebuild of the records that contain the term's name. Labels need none: they are read from the vocabulary."""
    if isinstance(instance, (Term, Tag)) and not created:
        enqueue("indexing.rebuild_term", model=instance._meta.label_lower, pk=instance.pk)
