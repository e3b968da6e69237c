"""A template tag that lists the pages using an object about to be deleted or unpublished, as far as the user may see them."""

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.template import Context
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from accounts.permissions import linkable_pages, may_work_on
from core.file_uses import FIELDS, live_pages_with
from core.slugs import page_link

register = template.Library()
MOST_NAMED = 20


@register.inclusion_tag("accounts/admin/pages_using.html", takes_context=True)
def pages_using(context: Context) -> dict[str, object]:
    """Return {"pages": [(link or title, state)], "others": the number of further pages} for the object in the context:
    `object`, `page`, or the row of a bulk action (`image`, `document`)."""
    names = ("object", "image", "document", "page")
    target = next((context[name] for name in names if context.get(name)), None)
    item = target.get("item") if isinstance(target, dict) else target
    if item is None:
        return {}
    user = context["request"].user
    pages = Page.objects.filter(pk__in=_keys(item)).order_by("path")
    linkable = set(linkable_pages(user, pages).values_list("pk", flat=True))
    visible_pages = [page for page in pages.specific() if page.pk in linkable or may_work_on(user, page)]
    shown_live = set(live_pages_with(item).values_list("pk", flat=True)) if type(item) in FIELDS else None
    rows = [(page_link(page, user), _state(page, shown_live)) for page in visible_pages[:MOST_NAMED]]
    return {"pages": rows, "others": len(pages) - len(rows)}


def _keys(item: Model) -> set[int]:
    """Return the pages that refer to `item`, live or in their newest draft (core.draft_references)."""
    of_pages = ReferenceIndex.get_references_to(item).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return {int(key) for key in of_pages.values_list("object_id", flat=True)}


def _state(page: Page, shown_live: set[int] | None) -> str:
    if not page.live:
        return _("draft")
    if shown_live is not None and page.pk not in shown_live:
        return _("live; used only in its draft")
    return _("live")
