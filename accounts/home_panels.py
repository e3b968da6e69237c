"""A panel on the admin's home page that shows failing jobs and refused e-mails to the portal's managers."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from accounts.permissions import runs_the_portal
from core.models import Job, Mail

MOST = 10


class FailuresPanel(Component):
    """Failing jobs, and the number of e-mails that the mail server refuses."""

    name = "failures"
    template_name = "accounts/admin/failures_home_panel.html"
    order = 90

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
        if not runs_the_portal(parent_context["request"].user):
            return {}
        refused = Mail.objects.refused()
        return {
            "jobs": list(Job.objects.failing().order_by("created")[:MOST]),
            "refused": refused.count(),
            "last_refusal": refused.order_by("-pk").values_list("error", flat=True).first(),
        }
