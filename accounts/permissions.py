"""Permissions to see pages and files in the admin, used by the guard, the hooks and the forms.

Every editor may link to public pages. Drafts, restricted pages, histories and files are for users who have a permission on
them.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page, PageQuerySet, ReferenceIndex
from wagtail.permissions import page_permission_policy

from accounts.models import User
from accounts.roles import ADMINISTRATORS, CODES, SECRETARIAT
from core.users import AnyUser

PORTAL_MANAGER_ROLES = (CODES[SECRETARIAT], CODES[ADMINISTRATORS])
FILE_POLICIES = {get_image_model(): image_policy, get_document_model(): document_policy}
FILE_USES = ("choose", "change", "delete")


def may_work_on(user: AnyUser, page: Page) -> bool:
    """Return whether this user may see drafts and history of `page`: they have a permission on it or review it."""
    if user.is_superuser:
        return bool(user.is_active)
    tester = page.permissions_for_user(user)
    return user.is_active and bool(tester.permissions or tester.can_edit())


def may_explore(user: AnyUser, page: Page) -> bool:
    """Return whether this user's explorer shows `page`: they have a permission on it or on a page below it."""
    return _explorable(user).filter(pk=page.pk).exists()


def may_link_to(user: AnyUser, page: Page) -> bool:
    """Return whether this user may choose `page` in a form or a link, which shows them its title."""
    return linkable_pages(user, Page.objects.filter(pk=page.pk)).exists() or may_work_on(user, page)


def linkable_pages(user: AnyUser, pages: PageQuerySet) -> PageQuerySet:
    """Return the pages of `pages` that are public or in this user's explorer."""
    public = Page.objects.live().public()
    return pages.filter(Q(pk__in=public.values("pk")) | Q(pk__in=_explorable(user).values("pk")))


def explores_every_page(user: AnyUser) -> bool:
    """Return whether this user may see the titles of all pages, and so reports about all sections."""
    return not Page.objects.filter(depth__gt=1).exclude(pk__in=_explorable(user).values("pk")).exists()


def may_use_file(user: AnyUser, file: Model) -> bool:
    """Return whether this user may choose or change this image or document."""
    policy = FILE_POLICIES[type(file)]
    return bool(policy.user_has_any_permission_for_instance(user, FILE_USES, file))


def may_see_file(user: AnyUser, file: Model) -> bool:
    """Return whether this user may choose or change this image or document, or works on a page whose newest draft has it."""
    if may_use_file(user, file):
        return True
    references = ReferenceIndex.get_references_to(file).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = [int(key) for key in references.values_list("object_id", flat=True)]
    return any(may_work_on(user, page) for page in Page.objects.filter(pk__in=keys))


def may_remove(user: AnyUser, page: Page) -> bool:
    """Return whether this user may delete or move `page`; translators may only edit it."""
    return user.is_superuser or bool({"add", "publish"} & page.permissions_for_user(user).permissions)


def runs_the_portal(user: AnyUser) -> bool:
    """Return whether this user manages the portal: a superuser, the secretariat or an administrator."""
    return user.is_active and (
        user.is_superuser or user.groups.filter(role__code__in=PORTAL_MANAGER_ROLES).exists()
    )


def grantable_groups(user: AnyUser) -> QuerySet[Group]:
    """Return the groups that `user` may assign: those whose permissions the user has too."""
    if user.is_superuser:
        return Group.objects.order_by("name")
    own_permissions = Permission.objects.filter(Q(group__user=user) | Q(user=user))
    other_permissions = Permission.objects.exclude(pk__in=own_permissions.values("pk"))
    return Group.objects.exclude(permissions__in=other_permissions).order_by("name")


def has_fewer_permissions_than(user: AnyUser, other: User) -> bool:
    """Return whether `other` has permissions that `user` lacks, so that `user` must not edit their account."""
    if user.is_superuser:
        return False
    return other.is_superuser or other.groups.exclude(pk__in=grantable_groups(user).values("pk")).exists()


def _explorable(user: AnyUser) -> PageQuerySet:
    return page_permission_policy.explorable_instances(user)
