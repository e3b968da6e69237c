"""The editor of a practice: how complete it is, then its parts tab by tab."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from practices.changes import changes
from practices.completeness import completeness
from practices.field_layout import TABS
from practices.help_texts import HELP
from practices.same_titles import same_title_notice
from practices.translations import original_of
from practices.widgets import CountryCheckboxes, DegreesInput, ThemeCheckboxes

WIDGETS: dict[str, type[forms.Widget]] = {
    "countries": CountryCheckboxes,
    "adopted_by": CountryCheckboxes,
    "themes": ThemeCheckboxes,
    "latitude": DegreesInput,
    "longitude": DegreesInput,
    "sdgs": forms.CheckboxSelectMultiple,
    "beneficiaries": forms.CheckboxSelectMultiple,
    "practice_type": forms.Select,  # eight of them: no need for a chooser in a window of its own
}


class StableIdentifierMixin:
    """A group of panels whose identifier stays the same in every language, so that links to its fields hold."""

    def __init__(self, *args: object, name: str, **kwargs: object) -> None:
        self.name = name
        super().__init__(*args, **kwargs)

    def clone_kwargs(self) -> dict[str, object]:
        return super().clone_kwargs() | {"name": self.name}  # type: ignore[misc]

    @property
    def clean_name(self) -> str:
        return self.name


class Tab(StableIdentifierMixin, ObjectList):
    pass


class Group(StableIdentifierMixin, MultiFieldPanel):
    pass


class TitlePanel(TitleFieldPanel):
    """Leaves the address to the server (practices.forms): what the browser writes has other rules for Cyrillic letters, and
    no limit."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, object]:
            """The placeholder alone: without it nobody would see where the title goes."""
            return {name: value for name, value in super().get_attrs().items() if name == "placeholder"}


class NoticePanel(Panel):
    """A notice in the editor that is not a field of the page."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.form is not None and self.shown)

        def get_context_data(self, parent_context: object = None) -> dict[str, object]:
            return super().get_context_data(parent_context) | {"shown": self.shown, "form": self.form}


class StalePanel(NoticePanel):
    """A notice that somebody else has saved the page since, with the choice to overwrite."""

    class BoundPanel(NoticePanel.BoundPanel):
        template_name = "practices/admin/stale_panel.html"

        @property
        def shown(self) -> object:
            return self.form.newer_revision


class UntranslatedTitlePanel(NoticePanel):
    """A notice that the title of a translated page, not a practice, is still the original's."""

    class BoundPanel(NoticePanel.BoundPanel):
        template_name = "practices/admin/untranslated_title_panel.html"

        @property
        def shown(self) -> bool:
            return bool(self.form.title_equals_original())


class TranslationPanel(NoticePanel):
    """A notice for translations: a link to the original, and the outdated fields."""

    def get_form_options(self) -> dict[str, object]:
        return {"fields": ["up_to_date", "same_parts"]}

    class BoundPanel(NoticePanel.BoundPanel):
        template_name = "practices/admin/translation_panel.html"

        @property
        def shown(self) -> dict[str, object] | None:
            original = original_of(self.instance)
            if not original:
                return None
            editable = original.permissions_for_user(self.request.user).can_edit()
            return {"original": original, "editable": editable, "behind": changes(self.instance)}


class SameTitlePanel(NoticePanel):
    """A notice of other pages with the same title; rendered even if empty, because an autosave may fill it."""

    class BoundPanel(NoticePanel.BoundPanel):
        template_name = "practices/admin/same_title_panel.html"

        @property
        def shown(self) -> dict[str, object]:
            return {"notice": same_title_notice(self.instance, self.form.parent_page, self.request.user)}


class CompletenessPanel(NoticePanel):
    """The meter, with links to what is missing."""

    class BoundPanel(NoticePanel.BoundPanel):
        template_name = "practices/admin/completeness_panel.html"

        @property
        def shown(self) -> object:
            return completeness(self.instance)


def _field(name: str) -> FieldPanel:
    kind = TitlePanel if name == "title" else FieldPanel
    return kind(name, widget=WIDGETS.get(name), help_text=HELP.get(name, ""))


def _tab(name: str, before: tuple[Panel, ...] = (), after: tuple[Panel, ...] = ()) -> Tab:
    heading, groups = TABS[name]
    children: list[Panel] = [*before]
    for number, (group_heading, names) in enumerate(groups):
        fields: list[Panel] = [_field(part) for part in names]
        if name == "snapshot":
            fields.insert(names.index("title") + 1, SameTitlePanel())
        children += [Group(fields, group_heading, name=f"{name}_{number}")] if group_heading else fields
    return Tab([*children, *after], heading=heading, name=name)


NOTICES = (StalePanel(), TranslationPanel(), CompletenessPanel(heading=_("How complete it is")))
practice_edit_handler = TabbedInterface(
    [
        _tab("snapshot", before=NOTICES),
        *(_tab(name) for name in ("facts", "story", "means", "transfer")),
        _tab("care", after=(PublishingPanel(), CommentPanel())),
    ]
)
