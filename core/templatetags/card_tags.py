"""The card of a practice and its parts. Built in Python, since a page of results has twenty cards: as templates they took
half of its time."""

from collections.abc import Sequence
from html import escape
from typing import Protocol
from uuid import UUID

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from core.icons import TOP_THEMES
from core.labels import Label
from core.templatetags.core_tags import country_glyph, icon, in_language, small

register = template.Library()


class HasEmblem(Protocol):
    """An object that has an emblem."""

    @property
    def countries(self) -> Sequence[Label]: ...
    @property
    def themes(self) -> Sequence[Label]: ...


class Card(HasEmblem, Protocol):
    """A practice in a list. `marked_title` and `snippet` are safe HTML."""

    @property
    def key(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def marked_title(self) -> str: ...
    @property
    def snippet(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def title_language(self) -> str: ...
    @property
    def snippet_language(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def status(self) -> Label | None: ...
    @property
    def evidence(self) -> Label | None: ...


@register.simple_tag
def practice_card(item: Card, note: str = "", level: str = "h3", pick: str = "") -> SafeString:
    """Return the HTML of a card.

    `note` is the curator's note, `level` the heading's tag, `pick` the id of the comparison form for the checkbox, if any.
    """
    title_lang, snippet_lang = _lang(item.title_language), _lang(item.snippet_language)
    countries = ", ".join(escape(country.label) for country in item.countries)
    # Translated outside of the f-strings, into which xgettext does not look.
    word = gettext("Since")
    since = f'<span><span class="unseen">{word} </span>{item.year}</span>' if item.year else ""
    note_html = f'<p class="card__note">{conditional_escape(note)}</p>' if note else ""
    themes = "".join(small("theme", theme) for theme in top_themes(item.themes))
    return SafeString(
        f'<article class="card">{emblem(item)}<div class="facts"><b>{countries}</b> {since} '
        f"{small('status', item.status)} {small('evidence', item.evidence)} {language_label(item.title_language)}</div>"
        f'<{level}{title_lang}><a href="{escape(item.url)}">{conditional_escape(item.marked_title)}</a></{level}>'
        f'<p class="card__text"{snippet_lang}>{conditional_escape(item.snippet)}</p>{note_html}<div class="themes">{themes}</div>'
        f"{_box(item, pick) if pick else ''}</article>"
    )


def _lang(code: str) -> str:
    """Return a lang attribute if the text is not in the reader's language, else ''."""
    return "" if code == get_language() else f' lang="{code}"'


def _box(item: Card, form: str) -> str:
    word = gettext("Compare")
    return (
        f'<label class="pick noprint"><input type="checkbox" form="{form}" name="key" value="{item.key}">'
        f'<span>{word}<span class="unseen"{_lang(item.title_language)}>: {escape(item.title)}</span></span></label>'
    )


@register.simple_tag
def emblem(item: HasEmblem) -> SafeString:
    """Return the glyph of one country, of two side by side, or of the region for three and more, with the first theme's icon.

    It is hidden from screen readers, as the text beside it says the same.
    """
    codes, theme = [country.code for country in item.countries], next(iter(top_themes(item.themes)), None)
    if len(codes) == 2:
        glyph = country_glyph(codes[0], "pair") + country_glyph(codes[1], "pair")
    else:
        glyph = country_glyph("SPECA" if codes[1:] else codes[0]) if codes else SafeString("")
    code = theme.code if theme else ""
    return SafeString(
        f'<span class="emblem theme--{code}" aria-hidden="true">{glyph}{icon(code) if code else ""}</span>'
    )


@register.simple_tag
def language_label(code: str) -> SafeString:
    """Return a label with the language of a text, '' if it is the reader's."""
    if not code or code == get_language():
        return SafeString("")
    return SafeString(f'<span class="language">{icon("language")}{escape(in_language(code))}</span>')


def top_themes(themes: Sequence[Label]) -> Sequence[Label]:
    """Return the top-level themes, which have a colour and an icon; all themes if there are none."""
    return [theme for theme in themes if theme.code in TOP_THEMES] or themes
