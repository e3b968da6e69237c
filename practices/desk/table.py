"""The table of the desk on the screen, and the same as a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn

from core.spreadsheets import CellValue
from practices.desk.columns import ProvidedColumn, provided_columns
from practices.desk.rows import Row

SEPARATOR = ", "
COUNTRY = _("Country")
THEMES = capfirst(_("themes"))
STATUS = pgettext_lazy("desk", "Status")
LANGUAGES = pgettext_lazy("desk", "Languages")
EVIDENCE = _("Evidence")
TYPE = _("Type")
VERIFIED = _("Last verified")


class TitleAndThemesColumn(TitleColumn):
    cell_template_name = "practices/admin/desk/title_cell.html"


class TemplateColumn(Column):
    """A column whose cell is a template that takes the row as `value`."""

    def __init__(self, name: str, label: str | Promise, template: str, sort_key: str | None = None) -> None:
        super().__init__(name, label=label, sort_key=sort_key, accessor=lambda row: row)
        self.cell_template_name = f"practices/admin/desk/{template}.html"


class CheckboxColumn(BaseColumn):
    """A checkbox in each row, and one in the heading that ticks those of this page (Wagtail's script)."""

    header_template_name = "practices/admin/desk/checkbox_heading.html"
    cell_template_name = "practices/admin/desk/checkbox_cell.html"


def screen_columns(with_checkboxes: bool) -> list[BaseColumn]:
    """Return the columns of the list; the sort keys are those of `practices.desk.views.ORDERINGS`."""
    return [
        *([CheckboxColumn("chosen")] if with_checkboxes else []),
        TitleAndThemesColumn("title", label=pgettext_lazy("desk", "Title, themes"), sort_key="title",
                             get_url=lambda row: row.url, get_title_id=lambda row: f"practice_{row.pk}_title"),
        Column("country", label=COUNTRY, sort_key="country", accessor=lambda row: SEPARATOR.join(row.countries)),
        TemplateColumn("status", pgettext_lazy("desk", "Status, with whom"), "state_cell", sort_key="status"),
        TemplateColumn("days", pgettext_lazy("desk", "Days"), "days_cell", sort_key="since"),
        TemplateColumn("languages", LANGUAGES, "languages_cell"),
        Column("evidence", label=EVIDENCE, sort_key="evidence"),
        Column("type", label=TYPE, sort_key="type"),
        TemplateColumn("verified", VERIFIED, "verified_cell", sort_key="verified"),
        *(_provided(column) for column in provided_columns()),
    ]  # fmt: skip


def _provided(column: ProvidedColumn) -> Column:
    return Column(
        column.name, label=column.label, sort_key=column.name, accessor=lambda row: row.provided[column.name]
    )


@dataclass(frozen=True)
class SheetColumn:
    heading: str | Promise
    cell: Callable[[Row], CellValue]


def sheet_columns() -> list[SheetColumn]:
    """Return the columns of the spreadsheet: one value in each, and the addresses of the practice."""
    return [
        SheetColumn(_("Title"), lambda row: row.title),
        SheetColumn(COUNTRY, lambda row: SEPARATOR.join(row.countries)),
        SheetColumn(THEMES, lambda row: SEPARATOR.join(row.themes)),
        SheetColumn(STATUS, lambda row: str(row.state.label)),
        SheetColumn(pgettext_lazy("desk", "With whom"), lambda row: SEPARATOR.join(row.holders)),
        SheetColumn(pgettext_lazy("desk", "Since"), _since),
        SheetColumn(pgettext_lazy("desk", "Days"), lambda row: row.days),
        *(_language_column(code, name) for code, name in settings.LANGUAGES),
        SheetColumn(EVIDENCE, lambda row: row.evidence),
        SheetColumn(TYPE, lambda row: row.type),
        SheetColumn(VERIFIED, lambda row: row.verified),
        SheetColumn(pgettext_lazy("desk", "Verification"), lambda row: str(row.care.label)),
        *(_provided_in_sheet(column) for column in provided_columns()),
        SheetColumn(pgettext_lazy("desk", "Permanent address"), lambda row: _absolute(f"/p/{row.key}")),
        SheetColumn(pgettext_lazy("desk", "In the editor"), lambda row: _absolute(row.url)),
    ]


def sheet_title() -> str:
    return gettext("Practices")


def _since(row: Row) -> date | None:
    return timezone.localdate(row.since) if row.since else None


def _language_column(code: str, name: str | Promise) -> SheetColumn:
    return SheetColumn(name, lambda row: str(row.language(code).state.label))


def _provided_in_sheet(column: ProvidedColumn) -> SheetColumn:
    def cell(row: Row) -> CellValue:
        value = row.provided[column.name]
        return value if isinstance(value, CellValue) else str(value)

    return SheetColumn(column.label, cell)


def _absolute(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"
