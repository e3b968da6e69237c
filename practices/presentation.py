"""The context of a practice's page: facts with labels, and texts. Empty values are omitted.

Headings and facts are in the reader's language, texts in that of the page: where a practice is not translated, a reader
of the other language gets its original (SectionPage.route). What of a translation is still the original's text is marked
with the original's language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.blocks import BoundBlock
from wagtail.rich_text import get_text_for_indexing

from core.alternates import alternates_of, in_language
from core.breadcrumbs import breadcrumbs
from core.i18n import active_language, lang_attribute, only_in
from core.labels import Label
from practices.blocks.organisations import LEAD, PARTNER
from practices.completeness import has
from practices.content import RICH_TEXTS, STREAMS
from practices.field_layout import TRANSLATED
from practices.fingerprints import passages
from practices.language_version import LanguageVersion
from practices.translations import label, outdated_field_labels
from practices.untranslated import copied_passages, untranslated_passages
from taxonomy.choices import LICENCE_URLS
from taxonomy.models import Term

FACT_BAND_FIELDS = [
           "practice_type", "sdgs", "countries", "place", "latitude", "scope", "organisations", "beneficiaries", "status",
           "start_year", "transfer_rating", "cost_range", "cost_note", "financing", "evidence_level", "sources",
           "last_verified"]  # fmt: skip
ADOPTABLE = ["transfer_rating", "adaptation_advice", "preconditions", "legal_context", "staff", "technology_readiness",
             "technology_licence", "connectivity", "adopted_from", "adopted_by"]  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """The facts of a practice, for its emblem and its band of facts."""

    countries: list[Label]
    themes: list[Label]
    subthemes: list[Label]
    sdgs: list[Label]
    beneficiaries: list[Label]
    adopted_by: list[Label]
    tags: list[Label]
    practice_type: Label | None
    scope: Label | None
    status: Label | None
    evidence: Label | None
    coordinates: str
    in_band: bool
    adoptable: bool


@dataclass(frozen=True)
class RelatedPractice:
    """A practice from which this one was adopted, or that was adopted from it; then with the year and what was changed."""

    title: str
    url: str
    language: str
    countries: list[str]
    year: int | None
    changed: str


def practice_context(page: LanguageVersion) -> dict[str, object]:
    """The context of pages/practice_page.html for a reader of the active language."""
    reader, language = active_language(), page.locale.language_code
    alternates = alternates_of(page)
    published = {entry["language"]: entry for entry in alternates if entry["exists"]}
    original = published.get(page.original_language)
    same = copied_passages(page)
    langs = passage_langs(page, same, reader)
    key = [page.translation_key]
    return {
        "alternates": alternates,
        "breadcrumbs": breadcrumbs(page, reader),
        "facts": facts(page),
        "texts": {name: getattr(page, name) for name in RICH_TEXTS if has(page, name)},
        **{name: _blocks(page, name, langs[name]) for name in (*STREAMS, "contacts")},
        **_organisations(page, langs["organisations"]),
        "language": language,
        "langs": {name: first[0] for name, first in langs.items() if first},
        "untranslated": [label(page, name) for name in untranslated_passages(page, same)],
        "shown_in": untranslated_parts_notice(page.original_language),
        "only_in": only_in(language) if language != reader else "",
        "other_language": next(
            (entry for code, entry in published.items() if code not in (language, reader)), None
        ),
        "behind": outdated_field_labels(page),
        "original_url": original["url"] if original else "",
        "licence_url": LICENCE_URLS[page.content_licence],
        "restricted": page.live and not published,
        "overdue": bool(page.verify_again_by and page.verify_again_by < timezone.localdate()),
        "contact_url": reverse("enquiries:contact", args=key),
        "adopted_url": reverse("enquiries:adopted", args=key),
        "report_url": reverse("enquiries:report", args=key),
        **lineage(page, reader),
    }


def facts(page: LanguageVersion) -> Facts:
    themes = list(page.themes.select_related("parent"))
    return Facts(
        countries=_terms(page.countries.all()),
        themes=_terms(dict.fromkeys(theme.top for theme in themes)),
        subthemes=_terms(theme for theme in themes if theme.parent_id),
        sdgs=_terms(page.sdgs.all()),
        beneficiaries=_terms(page.beneficiaries.all()),
        adopted_by=_terms(page.adopted_by.all()),
        tags=[Label(item.tag.slug, item.tag.name) for item in page.tagged_items.all()],
        practice_type=next(iter(_terms([page.practice_type])), None),
        scope=_choice(page, "scope"),
        status=_choice(page, "status"),
        evidence=_choice(page, "evidence_level"),
        coordinates=coordinates(page.latitude, page.longitude),
        in_band=any(has(page, name) for name in FACT_BAND_FIELDS),
        adoptable=any(has(page, name) for name in ADOPTABLE),
    )


def coordinates(latitude: Decimal | None, longitude: Decimal | None) -> str:
    """Return coordinates such as 40.41° N, 49.87° E; two decimals are about a kilometre."""
    if latitude is None or longitude is None:
        return ""
    north = gettext("%(degrees)s° N") if latitude >= 0 else gettext("%(degrees)s° S")
    east = gettext("%(degrees)s° E") if longitude >= 0 else gettext("%(degrees)s° W")
    parts = ((north, latitude), (east, longitude))
    return ", ".join(template % {"degrees": number_format(abs(degrees), 2)} for template, degrees in parts)


def untranslated_parts_notice(language: str) -> str:
    """Return the sentence that says in which language untranslated parts are shown."""
    notices = {"en": gettext("They are shown in English."), "ru": gettext("They are shown in Russian.")}
    return notices.get(language, "")


def passage_langs(
    page: LanguageVersion, same: dict[str, list[int]], reader: str
) -> dict[str, list[SafeString]]:
    """Return field -> lang attribute of each passage, empty for the reader's language."""
    own_lang = lang_attribute(page.locale.language_code, reader)
    original_lang = lang_attribute(page.original_language, reader)
    return {
        name: [
            original_lang if n in same.get(name, []) else own_lang
            for n, _text in enumerate(passages(page, name))
        ]
        for name in TRANSLATED
    }


def _blocks(page: LanguageVersion, name: str, langs: list[SafeString]) -> list[tuple[BoundBlock, SafeString]]:
    """Return (block, lang attribute) of each block of a stream, without empty texts."""
    blocks = zip(getattr(page, name), langs, strict=True)
    return [
        (block, lang) for block, lang in blocks if block.block_type != "text" or is_text(block.value.source)
    ]


def _organisations(
    page: LanguageVersion, langs: list[SafeString]
) -> dict[str, list[tuple[BoundBlock, SafeString]]]:
    """Return (block, lang attribute) of the lead organisations and of the partners, without those that have no name yet."""
    blocks = [pair for pair in _blocks(page, "organisations", langs) if pair[0].value["name"]]
    return {
        "leads": [pair for pair in blocks if pair[0].block_type == LEAD],
        "partners": [pair for pair in blocks if pair[0].block_type == PARTNER],
    }


def is_text(html: str) -> bool:
    """Return whether the HTML contains text; the editor stores an empty paragraph for an empty text."""
    return bool(get_text_for_indexing(html).strip())


def lineage(page: LanguageVersion, reader: str) -> dict[str, object]:
    """Return the public practices from which this one was adopted and that were adopted from it."""
    practices = type(page).objects.readable().select_related("locale").prefetch_related("countries")
    origin = page.adopted_from.translation_key if page.adopted_from else None
    return {
        "adopted_from": next(iter(_related_practices(practices.of_record(origin), reader)), None)
        if origin
        else None,
        "adopted_as": _related_practices(
            practices.filter(adopted_from__translation_key=page.translation_key), reader
        ),
    }


def _related_practices(pages: Iterable[LanguageVersion], reader: str) -> list[RelatedPractice]:
    """Return one page for each practice, in the reader's language, else the original, ordered by year of adoption."""
    chosen: dict[object, LanguageVersion] = {}
    for page in sorted(pages, key=lambda page: (page.locale.language_code == reader, page.is_original)):
        chosen[page.translation_key] = page
    return [
        RelatedPractice(
            title=page.title,
            url=in_language(page.get_url() or "", reader),
            language=page.locale.language_code,
            countries=[country.label() for country in page.countries.all()],
            year=page.adopted_year,
            changed=page.adaptation,
        )
        for page in sorted(chosen.values(), key=lambda page: (page.adopted_year or 0, page.title))
    ]


def _terms(terms: Iterable[Term | None]) -> list[Label]:
    return [Label(term.code, term.label()) for term in terms if term]


def _choice(page: LanguageVersion, name: str) -> Label | None:
    code = getattr(page, name)
    return Label(code, getattr(page, f"get_{name}_display")()) if code else None
