"""Where images and documents are kept: a collection for each section, and one that all sections choose from."""

from wagtail.models import Collection

from home.setup.tree import INTERNATIONAL, INTERNATIONAL_SLUG
from taxonomy.models import Country

COMMON = "Common · Общая"


def collection_name(slug: str) -> str:
    """The name of a section's collection, in both languages, for Wagtail keeps only one."""
    if slug == INTERNATIONAL_SLUG:
        return " · ".join(INTERNATIONAL.values())
    country = Country.objects.get(slug=slug)
    return f"{country.name_en} · {country.name_ru}"


def build_collections(slugs: list[str]) -> dict[str, Collection]:
    """The common collection under the key "", and that of each section under its slug."""
    return {"": _child(COMMON)} | {slug: _child(collection_name(slug)) for slug in slugs}


def _child(name: str) -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
