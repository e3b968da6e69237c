"""Tags in the admin, limited to those of files and pages that the user may see: a tag can reveal a private file."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, JsonResponse
from taggit.models import ItemBase, Tag, TaggedItem
from wagtail.admin import filters
from wagtail.admin.auth import require_admin_access
from wagtail.images.views import chooser
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from accounts.permissions import FILE_POLICIES, FILE_USES, linkable_pages
from core.users import AnyUser

MOST_SUGGESTED = 10


def items_of_files(user: AnyUser, model: type[Model]) -> QuerySet[TaggedItem]:
    """Return the tagged items of the images, or documents, that `user` may use."""
    files = FILE_POLICIES[model].instances_user_has_any_permission_for(user, FILE_USES)
    kind = ContentType.objects.get_for_model(model)
    return TaggedItem.objects.filter(content_type=kind, object_id__in=files.order_by().values("pk"))


def visible_tags(user: AnyUser) -> QuerySet[Tag]:
    """Return the tags of files that `user` may use and of pages that they may link to."""
    visible = Q(pk__in=[])
    for model in FILE_POLICIES:
        visible |= Q(pk__in=items_of_files(user, model).values("tag"))
    pages = linkable_pages(user, Page.objects.all()).values("pk")
    for relation in Tag._meta.related_objects:
        through: Any = relation.related_model
        if issubclass(through, ItemBase) and through is not TaggedItem:
            visible |= Q(pk__in=through.objects.filter(content_object__in=pages).values("tag"))
    return Tag.objects.filter(visible)


def popular_tags(model: type[Model], count: int = 10) -> QuerySet[Tag]:
    """Return the most used tags of files that the current user may use; replaces Wagtail's popular_tags_for_model."""
    items = items_of_files(get_active_log_context().user, model)
    tags = Tag.objects.filter(taggit_taggeditem_items__in=items)
    return tags.annotate(item_count=Count("taggit_taggeditem_items")).order_by("-item_count", "name")[:count]


def use_own_popular_tags() -> None:
    """Replace popular_tags_for_model in the two Wagtail modules that import it."""
    filters.popular_tags_for_model = popular_tags
    chooser.popular_tags_for_model = popular_tags


def _suggest(request: HttpRequest, **names: str) -> JsonResponse:
    term = request.GET.get("term", "")
    tags = (
        visible_tags(request.user).filter(name__istartswith=term).order_by("name")
        if term
        else Tag.objects.none()
    )
    return JsonResponse(list(tags.values_list("name", flat=True)[:MOST_SUGGESTED]), safe=False)


suggest: Callable[..., Any] = require_admin_access(_suggest)
