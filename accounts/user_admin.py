"""Wagtail's user forms, in which nobody can grant permissions that they lack; only superusers can make superusers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CopyView
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction
from wagtail.users.views.users import CreateView, DeleteView, EditView, UserViewSet

from accounts.holdings import holdings_of
from accounts.models import User
from accounts.permissions import grantable_groups
from core.users import AnyUser


class RestrictGrantsMixin:
    """Limit the roles that a user form offers to those that `acting_user`, who fills it in, may grant."""

    fields: dict[str, Any]
    initial: dict[str, object]

    def __init__(self, *args: object, acting_user: AnyUser, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = grantable_groups(acting_user)
        mark = self.fields.get("is_superuser")  # not in the form of one's own account
        if mark and not acting_user.is_superuser:
            mark.disabled = True  # Django ignores what is submitted and keeps the value
            self.initial["is_superuser"] = False  # a copy of a superuser's account is no superuser
            mark.help_text = _("Only somebody who has full access can give it to others.")


class CaseInsensitiveUniqueMixin:
    """Treat user names and e-mail addresses that differ only by case as the same; mix in before a user form."""

    def clean_username(self) -> str:
        return self._unique_ignoring_case("username")

    def clean_email(self) -> str:
        return self._unique_ignoring_case("email")

    def _unique_ignoring_case(self, name: str) -> str:
        value: str = self.cleaned_data[name]  # type: ignore[attr-defined]
        other_users = User.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        if other_users.filter(**{f"{name}__iexact": value}).exists():
            raise ValidationError(_("Another account has this already, perhaps in other letters."))
        return value


class PortalUserCreationForm(CaseInsensitiveUniqueMixin, RestrictGrantsMixin, UserCreationForm):
    pass


class PortalUserEditForm(CaseInsensitiveUniqueMixin, RestrictGrantsMixin, UserEditForm):
    pass


class PassActingUserMixin:
    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"acting_user": self.request.user}  # type: ignore[misc, attr-defined]


class PortalCreateView(PassActingUserMixin, CreateView):
    pass


class PortalEditView(PassActingUserMixin, EditView):
    pass


class PortalCopyView(PassActingUserMixin, CopyView):
    pass


def holdings_context(person: User, reader: AnyUser) -> dict[str, object]:
    """Return the context of accounts/admin/holdings.html. Wagtail's own count of references to an account is always 0."""
    account = reverse("wagtailusers_users:edit", args=[person.pk])
    return {"holdings": holdings_of(person, reader), "account_url": account}


class PortalDeleteView(DeleteView):
    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**kwargs) | holdings_context(self.object, self.request.user)


class DeleteUsers(DeleteBulkAction):
    template_name = "accounts/admin/confirm_bulk_delete_users.html"

    def object_context(self, item: User) -> dict[str, object]:
        return super().object_context(item) | holdings_context(item, self.request.user)


class PortalUserViewSet(UserViewSet):
    delete_view_class = PortalDeleteView
    copy_view_class = PortalCopyView
    add_view_class = PortalCreateView
    edit_view_class = PortalEditView

    def get_form_class(self, for_update: bool = False) -> type:
        return PortalUserEditForm if for_update else PortalUserCreationForm
