"""The user, custom from the first migration, and the steps of a review (accounts.review)."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.review import ExpertReview, SecretariatReview
from accounts.roles import FOCAL_POINTS
from core.mailbox import validate_address
from core.users import AnyUser

__all__ = ["ExpertReview", "Role", "SecretariatReview", "User"]


class RoleManager(models.Manager["Role"]):
    def group(self, code: str, name: str) -> Group:
        """Return the group of the role `code`; create the role with an unclaimed group called `name`, or a new one."""
        role = self.select_related("group").filter(code=code).first()
        if role is None:
            group = Group.objects.filter(name=name, role=None).first() or Group.objects.create(name=name)
            role = self.create(code=code, group=group)
        return role.group

    def users(self, code: str) -> "models.QuerySet[User]":
        """Return the active users in the role `code`."""
        return User.objects.filter(is_active=True, groups__role__code=code)

    def countries(self, user: AnyUser) -> list[str]:
        """Return the codes of the countries whose focal point this user is."""
        codes = self.filter(code__startswith=FOCAL_POINTS, group__user=user.pk).values_list("code", flat=True)
        return [code.removeprefix(FOCAL_POINTS) for code in codes]


class Role(models.Model):
    """The purpose of a group, as a code that stays when the group or its country is renamed (accounts.roles)."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="role"
    )

    objects: ClassVar = RoleManager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return self.code


class User(AbstractUser):
    """A person who signs in. What they may do comes from their groups (accounts.roles)."""

    email = models.EmailField(_("email address"), unique=True, validators=[validate_address])
    country = models.ForeignKey(
        "taxonomy.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_demo = models.BooleanField(
        _("demo account"),
        default=False,
        help_text=_("Can sign in only where the demo runs, never in production."),
    )
