"""A panel on the admin's home page: how many messages of readers are open and late, and those that wait longest."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from enquiries.desk import may_use_desk, messages_for
from enquiries.models import LATE_AFTER

LISTED = 5


class MessagesPanel(Component):
    """The open messages that the user sees; nothing where none is open."""

    name = "messages"
    template_name = "enquiries/admin/messages_home_panel.html"
    order = 95

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
        request = parent_context["request"]
        user = request.user
        if not may_use_desk(user):
            return {}
        open_messages = messages_for(user).open()
        number = open_messages.count()
        return {
            "request": request,
            "open": number,
            "late": messages_for(user).late(timezone.now()).count(),
            "own": open_messages.filter(assigned_to=user).count(),
            "oldest": list(open_messages.select_related("assigned_to").order_by("open_since", "pk")[:LISTED]),
            "more": number > LISTED,
            "days": LATE_AFTER.days,
        }
