"""What every page draws: icons, the countries' marks, the language switch."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypedDict

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext
from wagtail.models import Page

from core import alternates as addresses
from core.alternates import Alternate
from core.icons import ICONS
from core.labels import Label
from core.map_shapes import GLYPH_SIZE, GLYPHS

register = template.Library()

BUCKETS = 4


class LanguageLink(TypedDict):
    """An entry of the language switch."""

    language: str
    label: str
    url: str
    current: bool


@register.simple_tag
def static_or_plain(path: str) -> str:
    """The address of a static file under its hashed name, under its plain one where it has none: for a page that may not
    fail."""
    try:
        return static(path)
    except (OSError, ValueError):
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
@lru_cache(maxsize=1_000)
def icon(name: str, kind: str = "") -> SafeString:
    """The icon of that name, hidden from screen readers since words stand beside it; a tag for a name unknown."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="{}"/></svg>',
        f" icon--{kind}" if kind else "",
        ICONS.get(name, ICONS["tag"]),
    )


@register.simple_tag
def small(component: str, label: Label | None) -> SafeString:
    """A component that depends on a code and its label alone (components/<component>.html, as `code`): rendered once for
    each, since a page of results has a hundred of them. Nothing where there is no label."""
    return _rendered(component, label.code, label.label, get_language()) if label else SafeString("")


@lru_cache(maxsize=5_000)
def _rendered(component: str, code: str, label: str, language: str) -> SafeString:
    return render_to_string(f"components/{component}.html", {"code": code, "label": label})


@register.simple_tag
@lru_cache(maxsize=1_000)
def country_glyph(code: str, kind: str = "") -> SafeString:
    """A SPECA country's outline; for others, which have none here, the two letters of the code."""
    extra = f" glyph--{kind}" if kind else ""
    if code not in GLYPHS:
        return format_html('<span class="glyph glyph--code{}" aria-hidden="true">{}</span>', extra, code)
    return format_html(
        '<svg class="glyph{0}" viewBox="0 0 {1} {1}" width="40" height="40" aria-hidden="true"><path d="{2}"/></svg>',
        extra,
        GLYPH_SIZE,
        GLYPHS[code],
    )


@register.simple_tag
def highest(rows: Iterable[object] | None, attribute: str = "count") -> int:
    """The largest count of some rows (objects or dicts), at least 1, so that bars can be drawn against it."""
    counts = (row[attribute] if isinstance(row, dict) else getattr(row, attribute) for row in rows or ())
    return max(counts, default=1) or 1


@register.simple_tag
def bucket(count: int, most: int) -> int:
    """Which of four shades a count gets against the largest one; 0 for nothing."""
    return -(-count * BUCKETS // most) if count else 0


@register.simple_tag
def in_language(code: str) -> str:
    """'In Russian', in the language of the page."""
    names = {"en": gettext("In English"), "ru": gettext("In Russian")}
    return names.get(code) or get_language_info(code)["name_local"]


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[Alternate]:
    """The page in its languages (core.alternates): what its view gives, else what a Wagtail page knows of itself."""
    page = context.get("page")
    given = context.get("alternates")
    if given is None and isinstance(page, Page):
        return addresses.alternates_of(page)
    return given or []


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The address under which search engines shall know this page: what its view gives, else a Wagtail page's own."""
    page = context.get("page")
    given = context.get("canonical_url")
    if given is not None or not isinstance(page, Page):
        return given or ""
    number = (context.get("pagination") or {}).get("page", 1)
    return f"{page.get_url() or ''}{f'?page={number}' if number > 1 else ''}"


@register.filter
def absolute(path: str) -> str:
    """The whole address of a path."""
    return addresses.absolute(path)


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> list[LanguageLink]:
    """The page in each language, {language, label, url, current}: the view's `alternates`, else the front pages."""
    current = get_language()
    given = context.get("alternates")
    if not given:
        given = [{"language": code, "url": addresses.home_address(code)} for code, _ in settings.LANGUAGES]
    return [
        {
            "language": entry["language"],
            "label": get_language_info(entry["language"])["name_local"].capitalize(),
            "url": entry["url"],
            "current": entry["language"] == current,
        }
        for entry in given
    ]
