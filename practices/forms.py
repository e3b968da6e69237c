"""The form of a practice: a draft may be incomplete."""

from wagtail.admin.forms import WagtailAdminPageForm


class PracticePageForm(WagtailAdminPageForm):
    pass
