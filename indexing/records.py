"""Rebuild the record of a practice from its public pages, in the transaction that changes them."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models, transaction
from wagtail.models import Page

from core.language_codes import LANGUAGE_CODES
from core.searchable import SearchContent
from core.versions import next_version
from indexing.analysis import VERSION
from indexing.analysis.columns import join_terms, join_variants, truncate_columns
from indexing.analysis.letters import normalise, words_of
from indexing.kinds import searchable_models
from indexing.models import TERMS, LexiconWord, Record

# Of the words of the lexicon, for corrections.
WORD_LENGTHS = range(3, 65)
# Facets kept in a tombstone: harvesters of a country or a theme must be told of the deletion.
TOMBSTONE_FACETS = ("country", "theme")
LEADING_SIGNS = re.compile(r"^[\W_]+")


@transaction.atomic
def rebuild(key: UUID) -> bool:
    """Make the record of `key` equal to its public pages, a tombstone if there are none. Return whether it changed."""
    change = (
        next_version()
    )  # first, because it takes the lock: concurrent writers wait and then see this change
    return store(key, public_contents(key), change)


def store(key: UUID, contents: list[SearchContent], change: int) -> bool:
    """Store the contents in the record of `key` under the content version `change`. Return whether it changed.

    An unchanged record is not written, so that a repetition is harmless.
    """
    record = Record.objects.filter(key=key).first()
    if record is None and not contents:
        return False
    record = record or Record(key=key)
    before = _state(record)
    record.document = _keepable(record)
    populate_record(record, contents)
    if _state(record) == before:
        return False
    record.version += 1
    record.change = change
    if contents and record.appeared is None:
        record.appeared = change
    record.save()
    update_lexicon(contents)
    return True


def stored_differs(record: Record, contents: list[SearchContent]) -> bool:
    """Return whether the stored record differs from the contents."""
    fresh = Record(
        id=record.id, key=record.key, version=record.version, change=record.change, kind=record.kind
    )
    fresh.first_published, fresh.year, fresh.facets = record.first_published, record.year, record.facets
    fresh.document = _keepable(record)
    populate_record(fresh, contents)
    return _state(fresh) != _state(record)


def rebuild_all(keys: Iterable[UUID]) -> int:
    """Rebuild several records. Return the number changed."""
    return sum(rebuild(key) for key in dict.fromkeys(keys))


def next_descendant_keys(page: Page, after: UUID | None, limit: int) -> list[UUID]:
    """Return the next keys of searchable pages below `page`, in order, without duplicates."""
    keys: set[UUID] = set()
    for model in searchable_models():
        page_keys = model.objects.descendant_of(page).order_by("translation_key")
        page_keys = page_keys.filter(translation_key__gt=after) if after else page_keys
        keys.update(page_keys.values_list("translation_key", flat=True).distinct()[:limit])
    return sorted(keys)[:limit]


def hide_descendants(page: Page) -> int:
    """Remove all practices below `page` from the search in one statement. Return their number.

    A job then rebuilds their records, and restores those that have a public page elsewhere.
    """
    keys = Page.objects.descendant_of(page).order_by().values("translation_key")
    hidden: dict[str, object] = dict.fromkeys(TERMS, "") | {"removed": True, "document": {}}
    change = next_version()
    return (
        Record.objects.live()
        .filter(key__in=keys)
        .update(**hidden, change=change, version=models.F("version") + 1)
    )


def public_contents(key: UUID) -> list[SearchContent]:
    """Return the contents of the public pages of `key`, the original first, then by language."""
    pages = [
        page for model in searchable_models() for page in model.objects.readable().of_record(key).with_all()
    ]
    contents = [page.search_content() for page in pages]
    return sorted(contents, key=lambda c: (not c.is_original, LANGUAGE_CODES.index(c.language)))


def has_restricted_page(key: UUID) -> bool:
    """Return whether access to any page of the record is restricted, be it published or not."""
    return any(model.objects.not_public().of_record(key).exists() for model in searchable_models())


def title_key(title: str) -> str:
    """Return the sort key of a title: normalised, without leading quotes and other signs."""
    return LEADING_SIGNS.sub("", normalise(title))


def populate_record(record: Record, contents: list[SearchContent]) -> None:
    """Set all fields of the record from the contents, the original's first; without contents make it a tombstone."""
    record.removed = not contents
    if not contents:
        record.document = _tombstone_document(record.document)
        record.facets = {name: record.facets[name] for name in TOMBSTONE_FACETS if name in record.facets}
        for name in TERMS:
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
    record.document = _document(contents, record.document)
    titles = {content.language: content.title for content in contents}
    record.title_key_en = title_key(titles.get("en", first.title))
    record.title_key_ru = title_key(titles.get("ru", first.title))
    record.title_words = " ".join(word for title in titles.values() for word in words_of(title))
    record.analysis = VERSION
    for column, terms in _terms(contents).items():
        setattr(record, column, terms)


def _terms(contents: list[SearchContent]) -> dict[str, str]:
    """Return the columns of terms, the least important last, for it is cut first."""
    titles = [content.title for content in contents]
    keywords = list(dict.fromkeys(word for content in contents for word in content.keywords))
    summaries = [content.summary for content in contents]
    names = [(content.language, text) for content in contents for text in _names(content)]
    body = [
        text
        for content in contents
        for field, text in content.fields.items()
        if field not in content.name_fields
    ]
    texts = [*titles, *keywords, *(text for _, text in names), *summaries, *body]
    titled = ((content.language, content.title) for content in contents)
    in_any_alphabet = [*titled, *names, *(("", keyword) for keyword in keywords)]
    columns = {
        "title_terms": join_terms(titles),
        "keyword_terms": join_terms(keywords),
        "name_terms": join_terms(text for _, text in names),
        "summary_terms": join_terms(summaries),
        "variant_terms": join_variants(texts, in_any_alphabet),
        "body_terms": join_terms(body),
    }
    return dict(zip(columns, truncate_columns(list(columns.values())), strict=True))


def _keepable(record: Record) -> dict[str, Any]:
    """Return the document whose titles may be kept; none if a page of the record is restricted."""
    return {} if has_restricted_page(record.key) else record.document


def _document(contents: list[SearchContent], before: dict[str, Any]) -> dict[str, Any]:
    """Return what is shown of the contents, and the titles that the document `before` had in other languages.

    What is empty in records of earlier releases is omitted, so that they do not count as changed.
    """
    former_titles = _last_titles(before, without=[content.language for content in contents])
    return {
        "original": contents[0].language,
        "facts": contents[0].facts,
        "languages": {
            c.language: {
                "title": c.title,
                "summary": c.summary,
                "url": c.url,
                "fields": c.fields,
                "parts": c.parts,
                **({"untranslated": c.untranslated} if c.untranslated else {}),
            }
            for c in contents
        },
        **({"titles": former_titles} if former_titles else {}),
    }


def _tombstone_document(document: dict[str, Any]) -> dict[str, Any]:
    titles = _last_titles(document)
    return {"original": document["original"], "titles": titles} if titles else {}


def _last_titles(document: dict[str, Any], without: Iterable[str] = ()) -> dict[str, str]:
    """Return the last public title in each language, also in those that are public no more, `without` some languages."""
    versions = document.get("languages", {})
    titles = document.get("titles", {}) | {
        language: version["title"] for language, version in versions.items()
    }
    return {language: title for language, title in titles.items() if language not in without}


def _state(record: Record) -> dict[str, object]:
    return {
        field.attname: getattr(record, field.attname)
        for field in Record._meta.concrete_fields
        if field.attname not in ("id", "version", "change", "appeared")
    }


def update_lexicon(contents: list[SearchContent]) -> None:
    """Add the words of the contents that the lexicon lacks, and note which are names."""
    words = _lexicon_words(t for c in contents for t in (c.title, c.summary, *c.keywords, *c.fields.values()))
    names = _lexicon_words(t for c in contents for t in (c.title, *c.keywords, *_names(c), _slug(c)))
    is_name = dict(LexiconWord.objects.filter(word__in=words | names).values_list("word", "is_name"))
    LexiconWord.objects.bulk_create(
        [
            LexiconWord(word=word, is_name=word in names)
            for word in sorted(words | names)
            if word not in is_name
        ],
        ignore_conflicts=True,
    )
    newly_names = [word for word in names if is_name.get(word) is False]
    if newly_names:
        LexiconWord.objects.filter(word__in=newly_names).update(is_name=True)


def _lexicon_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words_of(text) if len(word) in WORD_LENGTHS}


def _names(content: SearchContent) -> list[str]:
    return [text for field, text in content.fields.items() if field in content.name_fields]


def _slug(content: SearchContent) -> str:
    return content.url.strip("/").rpartition("/")[2]
