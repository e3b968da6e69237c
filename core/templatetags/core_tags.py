"""Template tags for every page: icons, country glyphs, the language switch."""

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
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_info, gettext
from wagtail.models import Page

from core import alternates as addresses
from core import i18n
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
    """Return the URL of a static file, with its plain name if it has no hashed one: for error pages, which must not fail."""
    try:
        return static(path)
    except (OSError, ValueError):
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
@lru_cache(maxsize=1_000)
def icon(name: str, kind: str = "") -> SafeString:
    """Return the icon called `name`, by default a tag, hidden from screen readers since a text stands beside it."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="{}"/></svg>',
        f" icon--{kind}" if kind else "",
        ICONS.get(name, ICONS["tag"]),
    )


@register.simple_tag
def small(component: str, label: Label | None) -> SafeString:
    """Return components/<component>.html rendered with `code` and `label`, '' without a label.

    Cached, since a page of results has a hundred of them.
    """
    return _rendered(component, label.code, label.label, get_language()) if label else SafeString("")


@lru_cache(maxsize=5_000)
def _rendered(component: str, code: str, label: str, language: str) -> SafeString:
    return render_to_string(f"components/{component}.html", {"code": code, "label": label})


@register.simple_tag
@lru_cache(maxsize=1_000)
def country_glyph(code: str, kind: str = "") -> SafeString:
    """Return the outline of a SPECA country, or the two letters of the code for other countries."""
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
    """Return the largest count of `rows` (objects or dicts), at least 1, as the scale of a bar chart."""
    counts = (row[attribute] if isinstance(row, dict) else getattr(row, attribute) for row in rows or ())
    return max(counts, default=1) or 1


@register.simple_tag
def bucket(count: int, most: int) -> int:
    """Return the shade of a count, 1 to 4 in relation to the largest count, 0 for a count of 0."""
    return -(-count * BUCKETS // most) if count else 0


@register.simple_tag
def in_language(code: str) -> str:
    """Return "In Russian" or the like in the language of the page."""
    names = {"en": gettext("In English"), "ru": gettext("In Russian")}
    return names.get(code) or get_language_info(code)["name_local"]


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[Alternate]:
    """Return the page's alternates (core.alternates): the view's `alternates`, else those of the Wagtail page."""
    page = context.get("page")
    context_alternates = context.get("alternates")
    if context_alternates is None and isinstance(page, Page):
        return addresses.alternates_of(page)
    return context_alternates or []


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """Return the canonical URL: the view's `canonical_url`, else that of the Wagtail page, '' if there is none."""
    page = context.get("page")
    context_url = context.get("canonical_url")
    if context_url is not None or not isinstance(page, Page):
        return context_url or ""
    number = (context.get("pagination") or {}).get("page", 1)
    return f"{page.get_url() or ''}{f'?page={number}' if number > 1 else ''}"


@register.filter
def lang_by_letters(text: str) -> SafeString:
    """Return a lang attribute for a text such as a tag, whose language only its letters tell, if it is not the reader's."""
    reader = i18n.active_language()
    return i18n.lang_attribute(i18n.language_by_letters(text, reader), reader)


@register.simple_tag(takes_context=True)
def description(context: Context, *texts: str) -> SafeString:
    """Return the meta element with the first text that is not empty, shortened; later pages of a list say their number.

    One element for search engines and for Open Graph.
    """
    text = next((text for text in texts if text), "")
    number = (context.get("pagination") or {}).get("page", 1)
    if number > 1:
        page = gettext("Page %(number)s") % {"number": number}
        text = f"{page}: {text}"
    return format_html(
        '<meta name="description" property="og:description" content="{}">',
        Truncator(" ".join(text.split())).chars(200),
    )


@register.filter
def absolute(path: str) -> str:
    """Return the absolute URL of a path."""
    return addresses.absolute(path)


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> list[LanguageLink]:
    """Return the entries of the language switch, from the view's `alternates`, else from the front pages."""
    current = get_language()
    entries = context.get("alternates")
    if not entries:
        entries = [{"language": code, "url": addresses.home_address(code)} for code, _ in settings.LANGUAGES]
    return [
        {
            "language": entry["language"],
            "label": get_language_info(entry["language"])["name_local"].capitalize(),
            "url": entry["url"],
            "current": entry["language"] == current,
        }
        for entry in entries
    ]
