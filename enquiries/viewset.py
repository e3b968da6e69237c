"""The list of readers' messages in the admin."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from enquiries.desk import VIEW, may_use_desk, messages_for
from enquiries.desk_views import MessageView
from enquiries.models import Message, MessageQuerySet

RECIPIENTS = "delivered_to"
# Messages are neither added nor edited nor deleted by hand.
VIEWS = ("index", "index_results", "inspect")


class DeskPolicy(ModelPermissionPolicy):
    """Nobody, not even an administrator, adds, changes or deletes a copy: `purge_messages` does, in time."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and may_use_desk(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def people_with_messages(request: HttpRequest | None) -> QuerySet[User]:
    """Return the people to whom a message is assigned that the user sees."""
    if request is None:
        return User.objects.none()
    return User.objects.filter(pk__in=messages_for(request.user).values("assigned_to"))


class PeopleField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return str(get_user_display_name(person))


class PeopleFilter(django_filters.ModelChoiceFilter):
    field_class = PeopleField


class MessageFilterSet(WagtailFilterSet):
    late = django_filters.ChoiceFilter(
        label=_("Late"), choices=[("1", _("Only late ones"))], method="only_late"
    )
    assigned_to = PeopleFilter(label=_("Assigned to"), queryset=people_with_messages)

    class Meta:
        model = Message
        fields = ["status", "late", "assigned_to", "kind", "created"]

    def only_late(self, messages: MessageQuerySet, name: str, value: str) -> MessageQuerySet:
        return messages.filter(pk__in=Message.objects.late(timezone.now()).values("pk"))


def status(message: Message) -> str:
    return pgettext("message", "Open, late") if message.is_late else message.get_status_display()


def assigned_to(message: Message) -> str:
    return str(get_user_display_name(message.assigned_to)) if message.assigned_to else "–"


def recipients(message: Message) -> str:
    return ", ".join(message.delivered_to) or "–"


class MessageIndexView(IndexView):
    def get_base_queryset(self) -> MessageQuerySet:
        return messages_for(self.request.user).select_related("assigned_to")

    @cached_property
    def columns(self) -> list[Any]:
        """Leave out the recipients for focal points, who do not learn each other's addresses."""
        columns = super().columns
        if self.request.user.has_perm(VIEW):
            return list(columns)
        return [column for column in columns if column.name != RECIPIENTS]


class MessageViewSet(ModelViewSet):
    model = Message
    icon = "mail"
    menu_label = _("Readers' messages")
    menu_name = "messages"
    menu_order = 700
    add_to_admin_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    permission_policy = DeskPolicy(Message)
    form_fields = ["text"]
    index_view_class = MessageIndexView
    inspect_view_class = MessageView
    list_display = [
        "title",
        "kind",
        Column("status", label=pgettext_lazy("message", "Status"), accessor=status, sort_key="status"),
        Column("assigned_to", label=_("Assigned to"), accessor=assigned_to),
        "sender_name",
        "created",
        "delivered",
        Column(RECIPIENTS, label=_("Passed on to"), accessor=recipients),
    ]
    filterset_class = MessageFilterSet
    search_fields = ["title", "text", "sender_name", "sender_email"]
    search_backend_name = None
    ordering = ["-created"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in VIEWS]


message_viewset = MessageViewSet("messages")
