"""What readers look for: popular searches, and those that find nothing, with what could be done about each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext, override

from core.alternates import absolute
from core.i18n import language_by_letters
from core.language_codes import LANGUAGE_CODES
from core.versions import current_version
from indexing.analysis.letters import words_of
from indexing.analysis.stems import is_function_word, stems
from indexing.models import Record
from search.engines import engine
from search.lexicon import lexicon
from search.page import search_url
from search.query import Query
from search.results import Item, items_for
from taxonomy.models import Synonym
from usage.models import SearchedText, local_today

# Texts that are looked at; those that find something by now are left out.
MOST_CANDIDATES = 60
MOST_SHOWN = 30
MOST_UNTRANSLATED = 10
# Of the searches on the front page: their number, and how long one may be.
MOST_POPULAR = 5
MOST_WORDS, MOST_CHARACTERS = 4, 40
# The lexicon has no shorter words, and words of one stem begin alike.
SAME_BEGINNING = 3
SECONDS_OF_A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class UnmetSearch:
    """A text that finds nothing: how often it was asked, and the links to what can be done."""

    text: str
    language: str
    days: int
    asked: int
    search_url: str
    synonym_url: str
    call_url: str


@dataclass(frozen=True)
class Untranslated:
    """The practices that are not in a language: their number and the first of them."""

    language: str
    label: str
    total: int
    items: list[Item]
    more: int


def text_rows(language: str = "") -> Iterator[Sequence[str | int]]:
    """Yield headings and one row for each text that may be shown."""
    yield [
        gettext("Language"), gettext("Searched for"), gettext("Days"), gettext("Searches"), gettext("Without a result"),
    ]  # fmt: skip
    yield from SearchedText.objects.in_language(language).shown()


def unmet_searches(language: str = "") -> list[UnmetSearch]:
    """Return the texts, asked on three days or more and in vain, that still find nothing; those of most days first."""
    candidates = SearchedText.objects.in_language(language).shown(vain=True, limit=MOST_CANDIDATES)
    unmet = [row for row in candidates if not engine().size(Query(q=row.text, lang=row.language))]
    return [
        UnmetSearch(
            text=row.text,
            language=language_by_letters(row.text, row.language),
            days=row.days,
            asked=row.asked,
            search_url=search_url(Query(q=row.text, lang=row.language)),
            synonym_url=f"{reverse(_synonym_form())}?{urlencode({'words': row.text})}",
            call_url=_call(row.text, row.language),
        )
        for row in unmet[:MOST_SHOWN]
    ]


def popular_searches(language: str) -> list[Query]:
    """Return the most popular searches of `language` that find something by the words as they stand, at most MOST_POPULAR.

    Anybody can search for anything on three days, and the front page repeats it: so it is short, nothing but words, and
    each word must occur in a practice. Kept until the next day or the next change of what is public.
    """
    key = f"popular-searches-{language}-{local_today()}-{current_version()}"
    texts = cache.get(key)
    if texts is None:
        texts = _popular_texts(language)
        cache.set(key, texts, SECONDS_OF_A_DAY)
    return [Query(q=text, lang=language) for text in texts]


def _popular_texts(language: str) -> list[str]:
    found: list[str] = []
    for text in SearchedText.objects.popular(language, 4 * MOST_POPULAR):
        query = Query(q=text, synonyms=False, lang=language)
        if _has_only_words(text) and _are_in_practices(words_of(text)) and engine().size(query):
            found.append(text)
        if len(found) == MOST_POPULAR:
            break
    return found


def untranslated(language: str) -> list[Untranslated]:
    """Return, for each language of the portal, the practices that are not in it; titles in `language`."""
    names = dict(settings.LANGUAGES)
    result = []
    for code in LANGUAGE_CODES:
        records = Record.objects.live()
        missing = records.exclude(pk__in=records.with_code("language", code).values("pk"))
        keys = list(missing.order_by("pk").values_list("key", flat=True)[:MOST_UNTRANSLATED])
        total = missing.count()
        if total:
            items = items_for(keys, language)
            result.append(Untranslated(code, str(names[code]), total, items, total - len(keys)))
    return result


def _has_only_words(text: str) -> bool:
    """Return whether a text is a few words, one of which means something."""
    words = words_of(text)
    return (
        len(text) <= MOST_CHARACTERS
        and len(words) <= MOST_WORDS
        and not all(map(is_function_word, words))
        and all(word.replace("-", "").isalnum() and not word.startswith("-") for word in text.split())
    )


def _are_in_practices(words: list[str]) -> bool:
    """Return whether practices have each word in some form; the engine finds also what only sounds like a word of theirs."""
    long_words = [word for word in words if len(word) >= SAME_BEGINNING]
    beginnings = tuple({word[:SAME_BEGINNING] for word in long_words})
    known = {stem for word in lexicon() if word.startswith(beginnings) for stem in stems(word)}
    return all(known.intersection(stems(word)) for word in long_words)


def _synonym_form() -> str:
    return Synonym.snippet_viewset.get_url_name("add")  # type: ignore[attr-defined, no-any-return]


def _call(text: str, language: str) -> str:
    """Return the address of a letter that asks for practices, in the language of the search; its recipients are chosen there."""
    with override(language):
        subject = gettext("Call for practices: %(text)s") % {"text": text}
        body = gettext(
            "Readers of the portal look for “%(text)s” and find nothing. Is there a practice of your country about it? "
            "A draft needs only the main facts: %(url)s"
        ) % {"text": text, "url": absolute(reverse("wagtailadmin_home"))}
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
