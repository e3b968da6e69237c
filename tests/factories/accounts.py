"""People. Their groups carry only what the test says; the portal's real groups come from `setup_portal`."""

from typing import Any

import factory
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from accounts.models import User

PASSWORD = "a long pass phrase for tests"
WRITES = ("add", "change")


class UserFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence(lambda number: f"user{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User


def a_user(*groups: str, **fields: Any) -> User:
    """A user in the groups of these names, which must exist already."""
    user = UserFactory(**fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def a_superuser(**fields: Any) -> User:
    return UserFactory(is_superuser=True, is_staff=True, **fields)


def a_focal_point(*sections: Page, permissions: tuple[str, ...] = WRITES, **fields: Any) -> User:
    """Somebody who may do this (by default add and change, not publish) below these pages, and translate; nothing elsewhere."""
    user = UserFactory(**fields)
    group = Group.objects.create(name=f"Group of {user.username}")
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        Permission.objects.get(content_type__app_label="wagtail_localize", codename="submit_translation"),
    )
    for page in sections:
        for name in permissions:
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{name}_page"
            )
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user.groups.add(group)
    return user
