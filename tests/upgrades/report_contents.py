"""Run by `manage.py shell` on an upgraded database: prints what it holds, as JSON."""

import json

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import PageViewRestriction, WorkflowState

from accounts.models import Role
from alerts.models import AlertEmail, Subscription
from curation.models import CollectionPage
from indexing.models import Record
from practices.models import Message, PracticePage, ReviewLink, Withdrawal
from search.engines import engine
from search.query import Query


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
    "withdrawn": Withdrawal.objects.count(),
    "review_links": ReviewLink.objects.count(),
    "restricted": PageViewRestriction.objects.count(),
    "people_by_role": {
        role.code: sorted(user.username for user in role.group.user_set.all())
        for role in Role.objects.order_by("code")
    },
    "full_text_follows": full_text_follows(),
    "content_types_left_behind": [
        content_type.model
        for content_type in ContentType.objects.filter(app_label="search").order_by("model")
        if content_type.model in ("record", "word", "searchindex", "happening", "meaning")
    ],
}
print(json.dumps(contents, ensure_ascii=False))
