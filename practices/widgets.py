"""Checkboxes for the vocabularies, in groups: 200 countries or themes in two levels are hard to scroll through."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from taxonomy.models import Country, Theme

Grouped = list[tuple[str, list[tuple[int, str]]]]


class DegreesInput(forms.TextInput):
    """A text input that also accepts a decimal comma; a number input may send nothing for a comma."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"inputmode": "decimal"} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace(",", ".").replace("−", "-").strip(" °") if isinstance(value, str) else value


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes under headings; the first `open_groups` groups are open, and any with a mark in it."""

    template_name = "practices/widgets/grouped_checkboxes.html"
    open_groups = 1

    def get_context(self, name: str, value: object, attrs: Any) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            {
                "label": label,
                "options": options,
                "open": index < self.open_groups or any(o["selected"] for o in options),
            }
            for label, options, index in context["widget"]["optgroups"]
        ]
        return context


class CountryCheckboxes(GroupedCheckboxes):
    pass


class ThemeCheckboxes(GroupedCheckboxes):
    open_groups = 100


def country_choices() -> Grouped:
    """Return the SPECA countries, then all others, by name in the active language."""
    countries = sorted(Country.objects.all(), key=str)
    return [
        (_("SPECA countries"), [(country.pk, str(country)) for country in countries if country.is_speca]),
        (_("Other countries"), [(country.pk, str(country)) for country in countries if not country.is_speca]),
    ]


def theme_choices() -> Grouped:
    """Return each theme with its sub-themes below it."""
    themes = list(Theme.objects.in_order())
    return [
        (
            top.label(),
            [(top.pk, _("%(theme)s in general") % {"theme": top.label()})]
            + [(theme.pk, theme.label()) for theme in themes if theme.parent_id == top.pk],
        )
        for top in themes
        if not top.parent_id
    ]


CHOICES = {"countries": country_choices, "adopted_by": country_choices, "themes": theme_choices}
