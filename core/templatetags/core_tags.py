"""What every page draws: icons, the countries' outlines, the language switch."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext, override

from core.icons import ICONS
from core.map_shapes import GLYPH_SIZE, GLYPHS, HEIGHT, SHAPES, WIDTH

register = template.Library()

BUCKETS = 4


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """The icon of that name, hidden from screen readers: the words beside it say the same. A theme unknown here gets a tag."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="{}"/></svg>',
        f" icon--{kind}" if kind else "",
        ICONS.get(name, ICONS["tag"]),
    )


@register.simple_tag
def country_glyph(code: str) -> SafeString:
    """A SPECA country's outline; for others, which have none here, the two letters of the code."""
    if code not in GLYPHS:
        return format_html('<span class="glyph glyph--code" aria-hidden="true">{}</span>', code)
    return format_html(
        '<svg class="glyph" viewBox="0 0 {0} {0}" width="40" height="40" aria-hidden="true"><path d="{1}"/></svg>',
        GLYPH_SIZE,
        GLYPHS[code],
    )


@register.simple_tag
def map_size() -> SafeString:
    """The view box of the map."""
    return format_html("0 0 {} {}", WIDTH, HEIGHT)


@register.simple_tag
def map_shape(code: str) -> dict[str, str | int] | None:
    """Outline of a country and where its count stands; None for a country outside the map."""
    if code not in SHAPES:
        return None
    path, x, y = SHAPES[code]
    return {"path": path, "x": x, "y": y}


@register.simple_tag
def highest(rows, attribute: str = "count") -> int:
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
def language_switch(context) -> list[dict]:
    """The page in each language: `alternates` of the view, else the front pages. A list of {language, label, url, current}."""
    current = get_language()
    given = context.get("alternates")
    if not given:
        given = [{"language": code, "url": home_address(code)} for code, _ in settings.LANGUAGES]
    return [
        {
            "language": entry["language"],
            "label": get_language_info(entry["language"])["name_local"].capitalize(),
            "url": entry["url"],
            "current": entry["language"] == current,
        }
        for entry in given
    ]


def home_address(code: str) -> str:
    """The front page in that language."""
    with override(code):
        return reverse("wagtail_serve", args=[""])
