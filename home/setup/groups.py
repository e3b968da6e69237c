"""The groups of accounts.roles and their permissions. Missing permissions are added; those of administrators stay."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from accounts.models import Role
from accounts.roles import (
    ADMINISTRATORS,
    CODES,
    EXPERTS,
    REVIEWERS,
    SECRETARIAT,
    TRANSLATORS,
    focal_points,
    focal_points_code,
)
from home.setup.tree import INTERNATIONAL_SLUG, Tree
from taxonomy.models import Country

ENTER = "wagtailadmin.access_admin"
TRANSLATE = "wagtail_localize.submit_translation"
WRITE = ("add", "change")
RUN = ("add", "change", "publish", "lock", "unlock")
EVERYTHING_ON_PAGES = (*RUN, "bulk_delete")
FILES = ("wagtailimages.{}_image", "wagtaildocs.{}_document")
WAGTAILS_OWN = ("Editors", "Moderators")


def build_groups(tree: Tree, collections: Mapping[str, Collection]) -> None:
    for country in Country.objects.of_speca().exclude(slug=""):
        group = Role.objects.group(focal_points_code(country.code), focal_points(country.name_en))
        _grant_section_writing(group, country.slug, tree, collections)
    _grant_section_writing(Role.objects.group(CODES[EXPERTS], EXPERTS), INTERNATIONAL_SLUG, tree, collections)
    everywhere = Collection.get_first_root_node()

    translators = _group(TRANSLATORS, ENTER, TRANSLATE)
    _grant_page_permissions(translators, tree.homes.values(), ("change",))
    _grant_file_permissions(translators, everywhere, ("choose",))

    _group(REVIEWERS, ENTER)

    secretariat = _group(SECRETARIAT, ENTER, TRANSLATE, *_model_permissions())
    _grant_page_permissions(secretariat, tree.homes.values(), RUN)
    _grant_file_permissions(secretariat, everywhere, ("add", "change", "choose"))
    _grant_collection_management(secretariat, everywhere)

    administrators = _group(ADMINISTRATORS)
    administrators.permissions.add(*Permission.objects.all())
    _grant_page_permissions(administrators, [Page.get_first_root_node()], EVERYTHING_ON_PAGES)
    _grant_file_permissions(administrators, everywhere, ("add", "change", "choose"))
    _grant_collection_management(administrators, everywhere)

    # Wagtail's default groups may add and change pages below the root.
    Group.objects.filter(name__in=WAGTAILS_OWN, user__isnull=True).delete()


def _grant_section_writing(
    group: Group, slug: str, tree: Tree, collections: Mapping[str, Collection]
) -> None:
    """Let a group write in one section, in both trees, with the section's own images and documents."""
    group.permissions.add(_permission(ENTER), _permission(TRANSLATE))
    _grant_page_permissions(group, tree.sections[slug].values(), WRITE)
    _grant_file_permissions(group, collections[slug], ("add", "change", "choose"))
    _grant_file_permissions(group, collections[""], ("choose",))


def _model_permissions() -> list[str]:
    """Return the secretariat's permissions on models other than pages: snippets, redirects, messages."""
    labels = [(model._meta.app_label, model._meta.model_name) for model in get_snippet_models()]
    labels.append(("wagtailredirects", "redirect"))
    managed = [
        f"{app}.{action}_{model}" for app, model in labels for action in ("add", "change", "delete", "view")
    ]
    return [*managed, "enquiries.view_message"]


def _group(name: str, *permissions: str) -> Group:
    group = Role.objects.group(CODES[name], name)
    group.permissions.add(*map(_permission, permissions))
    return group


def _grant_page_permissions(group: Group, pages: Iterable[Page], actions: Iterable[str]) -> None:
    for page in pages:
        for action in actions:
            permission = _permission(f"wagtailcore.{action}_page")
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _grant_file_permissions(group: Group, collection: Collection, actions: Iterable[str]) -> None:
    for action in actions:
        for file in FILES:
            _grant_collection_permission(group, collection, file.format(action))


def _grant_collection_management(group: Group, collection: Collection) -> None:
    for action in ("add", "change", "delete"):
        _grant_collection_permission(group, collection, f"wagtailcore.{action}_collection")


def _grant_collection_permission(group: Group, collection: Collection, permission: str) -> None:
    GroupCollectionPermission.objects.get_or_create(
        group=group, collection=collection, permission=_permission(permission)
    )


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
