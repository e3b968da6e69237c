"""Run by `manage.py shell` on an upgraded database: prints what it holds, as JSON."""

import json

from wagtail.models import PageViewRestriction, WorkflowState

from alerts.models import AlertEmail, Subscription
from practices.models import Message, PracticePage, ReviewLink, Withdrawal

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
        (subscription.email, subscription.language, bool(subscription.confirmed))
        for subscription in Subscription.objects.order_by("pk")
    ],
    "letters": AlertEmail.objects.unsent().count(),
    "messages": [(message.text, bool(message.delivered)) for message in Message.objects.order_by("pk")],
    "withdrawn": Withdrawal.objects.count(),
    "review_links": ReviewLink.objects.count(),
    "restricted": PageViewRestriction.objects.count(),
}
print(json.dumps(contents, ensure_ascii=False))
