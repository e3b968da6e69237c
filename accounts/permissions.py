"""Who may see what in the admin: one rule for pages and one for files, asked by the guard, the hooks and the forms.

What is published is public and may be linked to by everybody who edits. A draft, a page under a restriction, a history or a
file belongs to those who have a permission on it.
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

RUNNING = (CODES[SECRETARIAT], CODES[ADMINISTRATORS])
FILE_POLICIES = {get_image_model(): image_policy, get_document_model(): document_policy}
FILE_USES = ("choose", "change", "delete")


def may_work_on(user: AnyUser, page: Page) -> bool:
    """Whether the drafts and the history of `page` are this user's business: any permission on it, or it is theirs to review."""
    if user.is_superuser:
        return bool(user.is_active)
    tester = page.permissions_for_user(user)
    return user.is_active and bool(tester.permissions or tester.can_edit())


def may_explore(user: AnyUser, page: Page) -> bool:
    """Whether `page` is in this user's explorer: theirs, or above what is theirs."""
    return _explorable(user).filter(pk=page.pk).exists()


def may_link_to(user: AnyUser, page: Page) -> bool:
    """Whether this user may choose `page` in a form or a link, and so learn its title."""
    return linkable_pages(user, Page.objects.filter(pk=page.pk)).exists() or may_work_on(user, page)


def linkable_pages(user: AnyUser, pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that are public or in this user's explorer."""
    public = Page.objects.live().public()
    return pages.filter(Q(pk__in=public.values("pk")) | Q(pk__in=_explorable(user).values("pk")))


def explores_every_page(user: AnyUser) -> bool:
    """Whether a list over the pages of all sections tells this user nothing that is not theirs to know."""
    return not Page.objects.filter(depth__gt=1).exclude(pk__in=_explorable(user).values("pk")).exists()


def may_use_file(user: AnyUser, file: Model) -> bool:
    """Whether this user may choose or change this image or document."""
    policy = FILE_POLICIES[type(file)]
    return bool(policy.user_has_any_permission_for_instance(user, FILE_USES, file))


def may_see_file(user: AnyUser, file: Model) -> bool:
    """Whether this user may choose or change this image or document, or works on a page whose newest draft has it."""
    if may_use_file(user, file):
        return True
    named = ReferenceIndex.get_references_to(file).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = [int(key) for key in named.values_list("object_id", flat=True)]
    return any(may_work_on(user, page) for page in Page.objects.filter(pk__in=keys))


def may_remove(user: AnyUser, page: Page) -> bool:
    """Whether this user may delete or move `page`: who translates may change a page, but not take it away."""
    return user.is_superuser or bool({"add", "publish"} & page.permissions_for_user(user).permissions)


def runs_the_portal(user: AnyUser) -> bool:
    """Whether the portal's own working is this user's business: the secretariat's and the administrators'."""
    return user.is_active and (user.is_superuser or user.groups.filter(role__code__in=RUNNING).exists())


def grantable_groups(user: AnyUser) -> QuerySet[Group]:
    """Return the groups that `user` may put people into: those that may do nothing which this user may not."""
    if user.is_superuser:
        return Group.objects.order_by("name")
    held = Permission.objects.filter(Q(group__user=user) | Q(user=user))
    more = Permission.objects.exclude(pk__in=held.values("pk"))
    return Group.objects.exclude(permissions__in=more).order_by("name")


def is_above(user: AnyUser, other: User) -> bool:
    """Return whether `other` may do what `user` may not, so that `user` must not take over their account."""
    if user.is_superuser:
        return False
    return other.is_superuser or other.groups.exclude(pk__in=grantable_groups(user).values("pk")).exists()


def _explorable(user: AnyUser) -> PageQuerySet:
    return page_permission_policy.explorable_instances(user)
