"""Changes of the original since it was translated: its earlier text beside the current one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import diff_text

from practices.fingerprints import fingerprint_of, passages, passages_of
from practices.language_version import LanguageVersion
from practices.translations import label, live_original_of, outdated_field_names

# Revisions searched for the translated text; older ones are rarely kept anyway.
MAX_REVISIONS = 200


@dataclass(frozen=True)
class Change:
    """An outdated field: HTML of the original's earlier and current text with differences marked.

    `before` is empty if that version is no longer stored.
    """

    name: str
    label: str
    before: SafeString
    after: SafeString


def changes(page: LanguageVersion) -> list[Change]:
    """Return the changes of the published original that `page` does not have yet."""
    original = live_original_of(page)
    names = outdated_field_names(page, original)
    if not original or not names:
        return []
    earlier = _earlier_texts(original, {name: page.source_fingerprints[name][0] for name in names})
    return [_change(page, name, earlier.get(name), _text(passages(original, name))) for name in names]


def _change(page: LanguageVersion, name: str, before: str | None, after: str) -> Change:
    if before is None:
        return Change(name, label(page, name), SafeString(""), conditional_escape(after))
    differences = diff_text(before, after).changes
    return Change(
        name,
        label(page, name),
        _marked(differences, "deletion", "<del>{}</del>"),
        _marked(differences, "addition", "<ins>{}</ins>"),
    )


def _marked(differences: list[tuple[str, str]], kind: str, mark: str) -> SafeString:
    """Return one of the two versions: the common text, and the text that only it has, marked."""
    pieces = [
        (format_html(mark, text) if difference == kind else text)
        for difference, text in differences
        if difference in ("equal", kind)
    ]
    return format_html_join("", "{}", [(text,) for text in pieces])


def _earlier_texts(original: LanguageVersion, fingerprints: dict[str, str]) -> dict[str, str]:
    """Return field -> text with that fingerprint among the revisions of the original, searched from the newest."""
    texts: dict[str, str] = {}
    for content in _contents(original):
        for name in fingerprints.keys() - texts.keys():
            field = original._meta.get_field(name)
            value = field.to_python(content.get(name))
            if fingerprint_of(field, value) == fingerprints[name]:
                texts[name] = _text(passages_of(field, value))
        if len(texts) == len(fingerprints):
            break
    return texts


def _contents(original: LanguageVersion) -> Iterator[dict[str, object]]:
    revisions = original.revisions.order_by("-created_at", "-pk").values_list("content", flat=True)
    yield from revisions[:MAX_REVISIONS].iterator()


def _text(texts: list[str]) -> str:
    return "\n\n".join(texts)
