"""The editor of a practice, in two tiers: the snapshot first, then what makes it full."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface

practice_edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldPanel("summary"),
                FieldPanel("countries"),
                FieldPanel("themes"),
                FieldPanel("status"),
                FieldPanel("challenge"),
                FieldPanel("approach"),
                FieldPanel("lead_organisation"),
                FieldPanel("sources"),
                FieldPanel("contacts"),
            ],
            heading=_("Snapshot"),
        ),
        ObjectList(
            [
                MultiFieldPanel([FieldPanel(name) for name in ("image", "image_alt", "image_credit")], _("Image")),
                MultiFieldPanel([FieldPanel(name) for name in ("scope", "place", "latitude", "longitude")], _("Where")),
                MultiFieldPanel([FieldPanel(name) for name in ("start_year", "end_year")], _("When")),
                MultiFieldPanel(
                    [FieldPanel(name) for name in ("sdgs", "beneficiaries", "practice_type", "tags")], _("Class")
                ),
            ],
            heading=_("Facts"),
        ),
        ObjectList(
            [FieldPanel(n) for n in ("objectives", "results", "indicators", "difficulties", "lessons", "evidence_level")],
            heading=_("Story and evidence"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [FieldPanel(n) for n in ("cost_range", "currency", "cost_note", "financing", "staff")], _("Cost")
                ),
                FieldPanel("legal_context"),
                MultiFieldPanel(
                    [FieldPanel(n) for n in ("technology_readiness", "technology_licence", "connectivity")],
                    _("Technology"),
                ),
            ],
            heading=_("Means"),
        ),
        ObjectList(
            [
                FieldPanel(n)
                for n in ("transfer_rating", "preconditions", "adaptation_advice", "adopted_from", "adopted_by", "partners")
            ],
            heading=_("Transfer"),
        ),
        ObjectList(
            [
                FieldPanel("last_verified"),
                FieldPanel("reviewed_by"),
                FieldPanel("content_licence"),
                FieldPanel("slug"),
            ],
            heading=_("Care"),
        ),
    ]
)
