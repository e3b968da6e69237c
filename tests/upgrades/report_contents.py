"""Run by `manage.py shell` on an upgraded database: prints what it holds, as JSON."""

import json

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation
from wagtail.models import PageViewRestriction, ReferenceIndex, WorkflowState

from accounts.models import Role
from accounts.roles import CODES, SECRETARIAT
from alerts.models import AlertEmail, Subscription
from curation.models import CollectionPage
from enquiries.models import Message
from indexing.former_paths import key_of_former_path
from indexing.models import FormerPath, Record, Withdrawal
from indexing.resolution import resolve
from practices.models import PracticePage, ReviewLink
from search.engines import engine
from search.query import Query

WITHDRAWN = ("egov-kazakhstan-assisted-digital", "accessible-internet-kazakhstan")


def at_path(path: str) -> tuple[str, str]:
    """Where a reader is led from a former path, and the reason given where the record is gone."""
    with translation.override("en"):
        found = resolve(key_of_former_path(f"/en/{path}"))
    return found.url, found.reason


def full_text_follows() -> bool:
    """Whether the full text knows the new words of a record; nothing stays changed."""
    with transaction.atomic():
        changed = Record.objects.filter(removed=False).first()
        Record.objects.filter(pk=changed.pk).update(title_terms=" balloon ")
        found = engine().search(Query(q="balloon")).total
        transaction.set_rollback(True)
    return found == 1


drafts = {
    page.pk: page.get_latest_revision_as_object()
    for page in PracticePage.objects.filter(has_unpublished_changes=True).order_by("pk")
}
contents = {
    "practices": PracticePage.objects.count(),
    "public": PracticePage.objects.readable().count(),
    "draft_titles": [draft.title for draft in drafts.values()],
    "beneficiaries_of_drafts": [draft.beneficiaries.count() for draft in drafts.values()],
    "texts_of_drafts": all(draft.summary for draft in drafts.values()),
    "reviews": WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).count(),
    "pages_with_images": PracticePage.objects.filter(image__title="A mast").count(),
    "adopted_by": [
        country.code
        for page in PracticePage.objects.exclude(adopted_from=None)
        for country in page.adopted_by.all()
    ],
    "subscriptions": [
        (subscription.email, subscription.language, bool(subscription.confirmed), subscription.query)
        for subscription in Subscription.objects.order_by("pk")
    ],
    "stored_queries": sorted(
        set(CollectionPage.objects.exclude(question="").values_list("question", flat=True))
    ),
    "letters": AlertEmail.objects.unsent().count(),
    "messages": [
        (message.text, bool(message.delivered), message.delivered_to)
        for message in Message.objects.order_by("pk")
    ],
    "former_paths": FormerPath.objects.count(),
    "withdrawn": [
        (str(withdrawal), str(withdrawal.replaced_by or ""), withdrawal.merged, withdrawal.reason_en)
        for withdrawal in Withdrawal.objects.order_by("pk")
    ],
    "at_withdrawn_paths": [at_path(f"practices/kazakhstan/{slug}/") for slug in WITHDRAWN],
    "references_of_withdrawals": sorted(
        (reference.object_id, reference.model_path, reference.to_object_id)
        for reference in ReferenceIndex.get_references_for_object(Withdrawal(pk=1)).union(
            ReferenceIndex.get_references_for_object(Withdrawal(pk=2))
        )
    ),
    "secretariat_on_moved_models": sorted(
        Permission.objects.filter(
            group__role__code=CODES[SECRETARIAT], content_type__model__in=("withdrawal", "message")
        ).values_list("codename", flat=True)
    ),
    "review_links": ReviewLink.objects.count(),
    "restricted": PageViewRestriction.objects.count(),
    "people_by_role": {
        role.code: sorted(user.username for user in role.group.user_set.all())
        for role in Role.objects.order_by("code")
    },
    "full_text_follows": full_text_follows(),
    "content_types_left_behind": [
        content_type.model
        for content_type in ContentType.objects.filter(app_label__in=("search", "practices")).order_by(
            "model"
        )
        if content_type.model
        in ("record", "word", "searchindex", "happening", "meaning", "address", "withdrawal", "message")
    ],
}
print(json.dumps(contents, ensure_ascii=False))
