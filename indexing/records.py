"""Rebuilds the record of a practice from its public pages, inside the transaction of whatever changed them."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db import models, transaction
from wagtail.models import Page

from core.language_codes import LANGUAGE_CODES
from core.searchable import SearchContent
from core.versions import next_version
from indexing import analysis
from indexing.kinds import searchable_models
from indexing.models import LexiconWord, Record

SHORTEST_WORD = 3
# What is kept of a practice that is gone: whoever harvests a country or a theme has to hear of it too.
KEPT_OF_THE_GONE = ("country", "theme")
# What is searched in.
TEXTS = ("title_terms", "keyword_terms", "summary_terms", "body_terms", "title_words")
LEADING_SIGNS = re.compile(r"^[\W_]+")


@transaction.atomic
def rebuild(key: UUID) -> bool:
    """Make the record of `key` equal to its public pages; a tombstone where there are none. Returns whether it changed."""
    change = next_version()  # first: it holds the lock under which others wait, then see what we have done
    return store(key, public_contents(key), change)


def store(key: UUID, contents: list[SearchContent], change: int) -> bool:
    """Write what a practice is now, under the number of the change. Returns whether anything is new.

    Nothing is written where nothing changed, so that repeating it is harmless.
    """
    record = Record.objects.filter(key=key).first()
    if record is None and not contents:
        return False
    record = record or Record(key=key)
    before = _state(record)
    fill(record, contents)
    if _state(record) == before:
        return False
    record.version += 1
    record.change = change
    if contents and record.appeared is None:
        record.appeared = change
    record.save()
    _remember_words(contents)
    return True


def stored_differs(record: Record, contents: list[SearchContent]) -> bool:
    """Whether the record says anything else than the contents."""
    fresh = Record(
        id=record.id, key=record.key, version=record.version, change=record.change, kind=record.kind
    )
    fresh.first_published, fresh.year, fresh.facets = record.first_published, record.year, record.facets
    fill(fresh, contents)
    return _state(fresh) != _state(record)


def rebuild_all(keys: Iterable[UUID]) -> int:
    """Rebuild several records; returns how many changed."""
    return sum(rebuild(key) for key in dict.fromkeys(keys))


def keys_below_after(page: Page, after: UUID | None, most: int) -> list[UUID]:
    """The next few keys of all searchable pages below `page`, in order, each once."""
    found: set[UUID] = set()
    for model in searchable_models():
        keys = model.objects.descendant_of(page).order_by("translation_key")
        keys = keys.filter(translation_key__gt=after) if after else keys
        found.update(keys.values_list("translation_key", flat=True).distinct()[:most])
    return sorted(found)[:most]


def hide_below(page: Page) -> int:
    """Take all practices below `page` out of the search at once, in one statement; a job then makes their records whole.
    One that has a public page elsewhere comes back with it. Returns how many there were."""
    keys = Page.objects.descendant_of(page).order_by().values("translation_key")
    hidden: dict[str, object] = dict.fromkeys(TEXTS, "") | {"removed": True, "document": {}}
    change = next_version()
    return (
        Record.objects.live()
        .filter(key__in=keys)
        .update(**hidden, change=change, version=models.F("version") + 1)
    )


def public_contents(key: UUID) -> list[SearchContent]:
    """The contents of the public pages of `key`, the original first, then by language."""
    pages = [
        page for model in searchable_models() for page in model.objects.readable().of_record(key).with_all()
    ]
    contents = [page.search_content() for page in pages]
    return sorted(contents, key=lambda c: (not c.is_original, LANGUAGE_CODES.index(c.language)))


def title_key(title: str) -> str:
    """What a title is sorted by: normalised, without leading quotes and other signs."""
    return LEADING_SIGNS.sub("", analysis.normalise(title))


def fill(record: Record, contents: list[SearchContent]) -> None:
    """Set all that a record says from the contents, the original's first; a tombstone where there are none."""
    record.removed = not contents
    if not contents:
        record.document = {}
        record.facets = {name: record.facets[name] for name in KEPT_OF_THE_GONE if name in record.facets}
        for name in TEXTS:
            setattr(record, name, "")
        return
    first = contents[0]
    record.kind = first.kind
    record.year = first.year
    record.first_published = min(content.first_published for content in contents)
    record.facets = first.facets | {
        "kind": [first.kind],
        "language": sorted(content.language for content in contents),
    }
    record.document = {
        "original": first.language,
        "facts": first.facts,
        "languages": {
            c.language: {
                "title": c.title,
                "summary": c.summary,
                "url": c.url,
                "fields": c.fields,
                "parts": c.parts,
                # Left out where there is nothing, so that records of before stay as they are.
                **({"untranslated": c.untranslated} if c.untranslated else {}),
            }
            for c in contents
        },
    }
    titles = {content.language: content.title for content in contents}
    record.title_key_en = title_key(titles.get("en", first.title))
    record.title_key_ru = title_key(titles.get("ru", first.title))
    record.title_words = " ".join(word for title in titles.values() for word in analysis.tokens(title))
    record.title_terms, record.keyword_terms, record.summary_terms, record.body_terms = analysis.bounded(
        [
            analysis.joined(titles.values()),
            analysis.joined(dict.fromkeys(word for content in contents for word in content.keywords)),
            analysis.joined(content.summary for content in contents),
            analysis.joined(text for content in contents for text in content.fields.values()),
        ]
    )


def _state(record: Record) -> dict[str, object]:
    return {
        field.attname: getattr(record, field.attname)
        for field in Record._meta.concrete_fields
        if field.attname not in ("id", "version", "change", "appeared")
    }


def _remember_words(contents: list[SearchContent]) -> None:
    texts = [t for c in contents for t in (c.title, c.summary, *c.keywords, *c.fields.values())]
    found = {
        word
        for text in texts
        for word in analysis.tokens(text)
        if len(word) >= SHORTEST_WORD and word.isalpha()
    }
    known = set(LexiconWord.objects.filter(word__in=found).values_list("word", flat=True))
    LexiconWord.objects.bulk_create(
        [LexiconWord(word=word) for word in sorted(found - known)], ignore_conflicts=True
    )
