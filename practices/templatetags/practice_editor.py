"""Template tags of the editor: anchors of fields, and notices updated after an autosave."""

from django import template
from django.template import Context
from wagtail.models import Page

from practices.bulk_actions import incomplete_drafts, incomplete_drafts_below
from practices.completeness import completeness
from practices.field_layout import TAB_OF, TABS
from practices.same_titles import same_title_notice

register = template.Library()


@register.simple_tag
def field_anchor(name: str) -> str:
    """The id of what wraps a field in the editor; Wagtail makes it from the names of the panels around it."""
    tab = TAB_OF[name]
    _heading, groups = TABS[tab]
    inside = "".join(
        f"-child-{tab}_{number}"
        for number, (heading, names) in enumerate(groups)
        if heading and name in names
    )
    return f"panel-child-{tab}{inside}-child-{name}-wrapper"


@register.simple_tag
def incomplete_drafts_of(rows: list[dict[str, object]]) -> dict[str, list[object]]:
    """Of the pages in the question of a bulk publication, and of the drafts below them: those that keep it from being done."""
    pages = [row["item"] for row in rows]
    return {"chosen": incomplete_drafts(pages), "below": incomplete_drafts_below(pages)}


@register.inclusion_tag("practices/admin/notices_update.html", takes_context=True)
def notices_update(context: Context, page: Page) -> dict[str, object]:
    """Return what the meter and the notices show of `page`; nothing of a page that is no practice."""
    if page.cached_content_type.model != "practicepage":
        return {}
    form = context.get("form")
    return {
        "completeness": completeness(page),
        "parts": form.parts_that_are_the_same() if form and "same_parts" in form.fields else None,
        "same_title": {"notice": same_title_notice(page, page.get_parent(), context["request"].user)},
    }
