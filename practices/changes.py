"""What the original of a translation says now, beside what it said when the translation answered it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import diff_text

from practices.fingerprints import fingerprint_of, passages, passages_of
from practices.language_version import LanguageVersion
from practices.translations import label, live_original_of, names_behind

# The version that was answered is looked for among so many; older ones are rarely kept anyway.
MOST_REVISIONS = 200


@dataclass(frozen=True)
class Change:
    """A part that the original has newer: HTML of its earlier text and of the one now, the differences marked. `before`
    is empty where that version is no longer kept."""

    name: str
    label: str
    before: SafeString
    after: SafeString


def changes(page: LanguageVersion) -> list[Change]:
    """The parts in which `page` is behind its published original."""
    original = live_original_of(page)
    names = names_behind(page, original)
    if not original or not names:
        return []
    earlier = _earlier_texts(original, {name: page.source_fingerprints[name][0] for name in names})
    return [_change(page, name, earlier.get(name), _text(passages(original, name))) for name in names]


def _change(page: LanguageVersion, name: str, before: str | None, after: str) -> Change:
    if before is None:
        return Change(name, label(page, name), SafeString(""), conditional_escape(after))
    told = diff_text(before, after).changes
    return Change(
        name,
        label(page, name),
        _marked(told, "deletion", "<del>{}</del>"),
        _marked(told, "addition", "<ins>{}</ins>"),
    )


def _marked(told: list[tuple[str, str]], kind: str, mark: str) -> SafeString:
    """One of two versions: what both have, and what only it has, marked."""
    kept = [
        (format_html(mark, text) if which == kind else text)
        for which, text in told
        if which in ("equal", kind)
    ]
    return format_html_join("", "{}", [(text,) for text in kept])


def _earlier_texts(original: LanguageVersion, wanted: dict[str, str]) -> dict[str, str]:
    """By part, the text with that fingerprint among the versions of the original, newest first."""
    found: dict[str, str] = {}
    for content in _contents(original):
        for name in wanted.keys() - found.keys():
            field = original._meta.get_field(name)
            value = field.to_python(content.get(name))
            if fingerprint_of(field, value) == wanted[name]:
                found[name] = _text(passages_of(field, value))
        if len(found) == len(wanted):
            break
    return found


def _contents(original: LanguageVersion) -> Iterator[dict[str, object]]:
    revisions = original.revisions.order_by("-created_at", "-pk").values_list("content", flat=True)
    yield from revisions[:MOST_REVISIONS].iterator()


def _text(texts: list[str]) -> str:
    return "\n\n".join(texts)
