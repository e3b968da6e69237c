"""Where images and documents are kept: a collection for each section, and one that all sections choose from."""

from wagtail.models import Collection, GroupCollectionPermission

from accounts.roles import CODES, EXPERTS, focal_points_code
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
    return {"": _child(COMMON)} | {
        slug: _collection_of_writers(slug) or _child(collection_name(slug)) for slug in slugs
    }


def _collection_of_writers(slug: str) -> Collection | None:
    """The collection to which the writers of the section add, whatever it and the country are called now."""
    country = Country.objects.filter(slug=slug).first()
    code = focal_points_code(country.code) if country else CODES[EXPERTS]
    added_to = {"permission__content_type__app_label": "wagtailimages", "permission__codename": "add_image"}
    given = GroupCollectionPermission.objects.filter(group__role__code=code, **added_to)
    return Collection.objects.filter(pk__in=given.values("collection")).order_by("pk").first()


def _child(name: str) -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
