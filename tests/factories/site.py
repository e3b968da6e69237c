"""The two language trees with their sections."""

from dataclasses import dataclass, field

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
    """Home, index and the sections kazakhstan, tajikistan and international, published in English and in Russian."""
    english, _ = Locale.objects.get_or_create(language_code="en")
    russian, _ = Locale.objects.get_or_create(language_code="ru")
    Page.objects.filter(depth=2).delete()  # Wagtail's own welcome page, and the site with it
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="SPECA good practices", slug="home", locale=english))
    site, _ = Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    index = home.add_child(instance=PracticesIndexPage(title="Practices", slug="practices", locale=english))
    for slug, code in SECTIONS.items():
        country = a_country(code) if code else None
        section = SectionPage(title=country.name_en if country else "International experts", slug=slug, country=country)
        index.add_child(instance=section)
    tree = Tree(site)
    for page in [home, index, *index.get_children().specific()]:
        translation = page.copy_for_translation(russian, copy_parents=True)
        translation.slug = page.slug if page.depth > home.depth else "home-ru"
        translation.save_revision().publish()
        _keep(tree, page, "en")
        _keep(tree, translation, "ru")
    for key, section in tree.sections.items():  # read again: copying has changed the tree's numbers
        tree.sections[key] = SectionPage.objects.get(pk=section.pk)
    return tree


def _keep(tree: Tree, page: Page, language: str) -> None:
    if isinstance(page, HomePage):
        tree.homes[language] = page
    elif isinstance(page, PracticesIndexPage):
        tree.indexes[language] = page
    else:
        tree.sections[page.slug, language] = page
