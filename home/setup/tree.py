"""The basic pages of the portal: home, sections, collections and plain pages, the same in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from wagtail.models import Locale, Page, Site

from core.models import BasePage
from curation.models import CollectionIndexPage
from home.models import HomePage, PlainPage
from practices.models import PracticesIndexPage, SectionPage
from taxonomy.models import Country

Texts = Mapping[str, str]
Pair = dict[str, BasePage]

HOME = {"en": "Good practices of the SPECA countries", "ru": "Передовой опыт стран СПЕКА"}
# Both are below the root, where slugs must differ; readers see neither.
HOME_SLUGS = {"en": "home", "ru": "home-ru"}
PRACTICES = {"en": "Good practices", "ru": "Передовой опыт"}
INTERNATIONAL_SLUG = "international"
INTERNATIONAL = {"en": "International experts", "ru": "Международные эксперты"}
COLLECTIONS = {"en": "Collections", "ru": "Подборки"}
PLAIN_PAGES = {
    "about": {"en": "About the portal", "ru": "О портале"},
    "privacy": {"en": "Privacy", "ru": "Конфиденциальность"},
    "accessibility": {"en": "Accessibility", "ru": "Доступность"},
}


@dataclass(frozen=True)
class Tree:
    """Pages by language; sections by slug, then by language."""

    homes: Pair
    practices: Pair
    sections: dict[str, Pair]


def build_tree() -> Tree:
    """Create the missing pages. The countries of the vocabulary must exist."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _ in settings.LANGUAGES}
    root = Page.get_first_root_node()
    _remove_welcome_page(root)
    homes = _pair(HomePage, dict.fromkeys(locales, root), HOME_SLUGS, HOME, locales)
    _point_site_to(homes[settings.LANGUAGE_CODE])
    practices = _pair(PracticesIndexPage, homes, "practices", PRACTICES, locales)
    sections = {}
    for country in Country.objects.of_speca().in_order().exclude(slug=""):
        names = {code: country.label(code) for code in locales}
        sections[country.slug] = _pair(SectionPage, practices, country.slug, names, locales, country=country)
    sections[INTERNATIONAL_SLUG] = _pair(SectionPage, practices, INTERNATIONAL_SLUG, INTERNATIONAL, locales)
    _pair(CollectionIndexPage, homes, "collections", COLLECTIONS, locales)
    for slug, titles in PLAIN_PAGES.items():
        _pair(PlainPage, homes, slug, titles, locales)
    return Tree(homes, practices, sections)


def _pair(
    model: type[BasePage],
    parents: Mapping[str, Page],
    slugs: str | Texts,
    titles: Texts,
    locales: Mapping[str, Locale],
    **fields: object,
) -> Pair:
    """Return the pages with this slug in each language, as translations of each other; create and publish missing ones."""
    if isinstance(slugs, str):
        slugs = dict.fromkeys(locales, slugs)
    pages = {code: model.objects.child_of(parents[code]).filter(slug=slugs[code]).first() for code in locales}
    key = next((page.translation_key for page in pages.values() if page), None) or uuid4()
    for code, page in pages.items():
        if page is None:
            page = model(
                title=titles[code], slug=slugs[code], locale=locales[code], translation_key=key, **fields
            )
            pages[code] = _published(Page.objects.get(pk=parents[code].pk), page)
        elif page.translation_key != key:
            page.translation_key = key
            page.save(update_fields=["translation_key"])
    return pages


def _published(parent: Page, page: BasePage) -> BasePage:
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _remove_welcome_page(root: Page) -> None:
    """Delete Wagtail's welcome page, and with it the site whose root it is."""
    for page in root.get_children().exact_type(Page):
        page.delete()


def _point_site_to(home: BasePage) -> None:
    """Set host, port and root page of the default site from SITE_ADDRESS; create the site if it is missing."""
    address = urlsplit(settings.SITE_ADDRESS)
    values = {
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
        "root_page_id": home.pk,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(
        is_default_site=True, site_name=settings.WAGTAIL_SITE_NAME
    )
    if any(getattr(site, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(site, name, value)
        site.save()
