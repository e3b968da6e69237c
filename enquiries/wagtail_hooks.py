"""Readers' messages in the admin: the secretariat reads them, nobody changes them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from enquiries.models import Message


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody, not even an administrator, adds, changes or deletes a copy: `purge_messages` does, in time."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def recipients(message: Message) -> str:
    return ", ".join(message.delivered_to) or "–"


class MessageInspectView(InspectView):
    def get_delivered_to_display_value(self) -> str:
        return recipients(self.object)


class MessageViewSet(ModelViewSet):
    model = Message
    icon = "mail"
    menu_label = _("Readers' messages")
    menu_name = "messages"
    menu_order = 700
    add_to_admin_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    permission_policy = ReadOnlyPolicy(Message)
    form_fields = ["text"]
    inspect_view_class = MessageInspectView
    list_display = ["title", "kind", "sender_name", "created", "delivered",
                    Column("delivered_to", label=_("passed on to"), accessor=recipients)]  # fmt: skip
    list_filter = ["kind", "created"]
    search_fields = ["title", "text", "sender_name", "sender_email"]
    search_backend_name = None
    ordering = ["-created"]
    inspect_view_fields = [
        "title",
        "kind",
        "text",
        "sender_name",
        "sender_email",
        "language",
        "created",
        "not_before",
        "delivered",
        "delivered_to",
    ]


message_viewset = MessageViewSet("messages")


@hooks.register("register_admin_viewset")
def register_messages() -> MessageViewSet:
    return message_viewset
