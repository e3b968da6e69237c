"""Collections of images and documents: one for each section, and a common one that all sections may choose from."""

from wagtail.models import Collection, GroupCollectionPermission

from accounts.roles import CODES, EXPERTS, focal_points_code
from home.setup.tree import INTERNATIONAL, INTERNATIONAL_SLUG
from taxonomy.models import Country

COMMON = "Common · Общая"


def collection_name(slug: str) -> str:
    """Return the bilingual name of a section's collection."""
    if slug == INTERNATIONAL_SLUG:
        return " · ".join(INTERNATIONAL.values())
    country = Country.objects.get(slug=slug)
    return f"{country.name_en} · {country.name_ru}"


def build_collections(slugs: list[str]) -> dict[str, Collection]:
    """Return {section slug: its collection, "": the common collection}; create what is missing."""
    return {"": _child(COMMON)} | {
        slug: _collection_of_writers(slug) or _child(collection_name(slug)) for slug in slugs
    }


def _collection_of_writers(slug: str) -> Collection | None:
    """Return the collection to which the section's writers may add, even if it or the country was renamed."""
    country = Country.objects.filter(slug=slug).first()
    code = focal_points_code(country.code) if country else CODES[EXPERTS]
    added_to = {"permission__content_type__app_label": "wagtailimages", "permission__codename": "add_image"}
    permissions = GroupCollectionPermission.objects.filter(group__role__code=code, **added_to)
    return Collection.objects.filter(pk__in=permissions.values("collection")).order_by("pk").first()


def _child(name: str) -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
