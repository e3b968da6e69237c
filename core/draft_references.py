"""Add the references of drafts to Wagtail's reference index.

Wagtail indexes the published version only, so a picture or document in a draft would count as unused: nobody would be
warned before it is deleted, and the draft's editors could not see it.
"""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex, Revision

# Content type and key of the target, path in the model, path in the content.
Reference = tuple[int, str, str, str]


def index_drafts(page: Page) -> None:
    """Add the references of the drafts of `page`, a specific page. Call it after Wagtail has indexed the page, which deletes
    all other references."""
    references = {reference for draft in _drafts(page) for reference in _references(draft)}
    references -= set(_references(type(page)._default_manager.get(pk=page.pk))) if references else set()
    of_page, base = ContentType.objects.get_for_model(type(page)), ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=of_page,
                base_content_type=base,
                object_id=str(page.pk),
                to_content_type_id=target_type,
                to_object_id=target,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for target_type, target, model_path, content_path in references
        ],
        ignore_conflicts=True,
    )


def index_all_drafts() -> None:
    """Index the drafts of all pages, for a database of an older release."""
    for page in Page.objects.filter(Q(live=False) | Q(has_unpublished_changes=True)).specific().iterator(100):
        index_drafts(page)


def _drafts(page: Page) -> Iterator[Page]:
    """Yield the versions that may become public: the newest and the scheduled one."""
    if page.live and not page.has_unpublished_changes:
        return
    newest = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(object_id=str(page.pk)).filter(newest):
        yield revision.as_object()


def _references(page: Page) -> Iterator[Reference]:
    for reference in ReferenceIndex._extract_references_from_object(page):
        yield tuple(reference)
