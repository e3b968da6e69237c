"""The two language trees with their sections."""

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from practices.models import PracticesIndexPage, SectionPage
from tests.factories.taxonomy import a_country

SECTIONS = {"kazakhstan": "KZ", "tajikistan": "TJ", "international": None}


@dataclass
class Tree:
    """What there is: home and index by language, sections by (slug, language)."""

    site: Site
    homes: dict[str, HomePage] = field(default_factory=dict)
    indexes: dict[str, PracticesIndexPage] = field(default_factory=dict)
    sections: dict[tuple[str, str], SectionPage] = field(default_factory=dict)

    def section(self, slug: str = "kazakhstan", language: str = "en") -> SectionPage:
        return self.sections[slug, language]


def make_tree() -> Tree:
    """Home, index and the sections kazakhstan, tajikistan and international, public in English and in Russian."""
    Page.objects.filter(depth=2).delete()  # Wagtail's own welcome page, and the site with it
    root = Page.get_first_root_node()
    tree = Tree(Site(hostname="localhost", is_default_site=True))
    for language in ("en", "ru"):
        locale, _ = Locale.objects.get_or_create(language_code=language)
        title = "SPECA good practices" if language == "en" else "Передовая практика СПЕКА"
        slug = "home" if language == "en" else "home-ru"
        home = root.add_child(instance=HomePage(title=title, slug=slug, **_same(tree.homes, locale)))
        tree.homes[language] = home
        index = PracticesIndexPage(title="Practices", slug="practices", **_same(tree.indexes, locale))
        tree.indexes[language] = home.add_child(instance=index)
        for slug, code in SECTIONS.items():
            country = a_country(code) if code else None
            known = {"en": tree.sections[slug, "en"]} if language == "ru" else {}
            section = SectionPage(
                title=country.label(language) if country else "International experts",
                slug=slug,
                country=country,
                **_same(known, locale),
            )
            tree.sections[slug, language] = index.add_child(instance=section)
    tree.site.root_page = tree.homes["en"]
    tree.site.save()
    return tree


def _same(known: dict[str, Any], locale: Locale) -> dict[str, Any]:
    """What makes a page the translation of the English one."""
    return {"locale": locale} | ({"translation_key": known["en"].translation_key} if "en" in known else {})
