"""Uses of taxonomy terms by users, groups and files."""

from collections.abc import Iterator

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem

from accounts.models import User
from accounts.permissions import FILE_POLICIES, FILE_USES
from accounts.roles import focal_points_code
from core.users import AnyUser
from taxonomy.models import Country, Term
from taxonomy.uses import UsesOfKind


def term_uses(term: Term) -> Iterator[UsesOfKind]:
    """Yield the users of a country and the group of its focal points; the files with a tag."""
    if isinstance(term, Country):
        yield UsesOfKind(_("Users"), User.objects.filter(country=term).order_by("username"), _for_editors)
        group = Group.objects.filter(role__code=focal_points_code(term.code))
        yield UsesOfKind(_("Groups of users"), group.order_by("name"), _for_editors)
    if isinstance(term, Tag):
        for model in FILE_POLICIES:
            tagged = TaggedItem.objects.filter(
                tag=term, content_type=ContentType.objects.get_for_model(model)
            )
            files = model._default_manager.filter(pk__in=tagged.values("object_id")).order_by("title", "pk")
            yield UsesOfKind(capfirst(model._meta.verbose_name_plural), files, _within_reach)


def _for_editors(user: AnyUser, rows: QuerySet[Model]) -> QuerySet[Model]:
    """Return `rows` if the user may change objects of this kind, else none."""
    options = rows.model._meta
    return rows if user.has_perm(f"{options.app_label}.change_{options.model_name}") else rows.none()


def _within_reach(user: AnyUser, files: QuerySet[Model]) -> QuerySet[Model]:
    policy = FILE_POLICIES[files.model]
    return files.filter(pk__in=policy.instances_user_has_any_permission_for(user, FILE_USES).values("pk"))
