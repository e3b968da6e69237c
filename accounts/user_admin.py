"""Wagtail's forms of users, in which nobody gives more than they hold: the superuser's mark is a superuser's to give."""

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


class GiverRules:
    """To be mixed in before a form of a user; takes `giver`, the user who fills it in."""

    fields: dict[str, Any]
    initial: dict[str, object]

    def __init__(self, *args: object, giver: AnyUser, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = grantable_groups(giver)
        mark = self.fields.get("is_superuser")  # not in the form of one's own account
        if mark and not giver.is_superuser:
            mark.disabled = True  # Django keeps what is there, whatever is sent
            self.initial["is_superuser"] = False  # who has it is not theirs to edit, and a copy gets none
            mark.help_text = _("Only somebody who has full access can give it to others.")


class CaseRules:
    """To be mixed in before a form of a user: names and e-mail addresses that differ by case alone are one."""

    def clean_username(self) -> str:
        return self._without_twin("username")

    def clean_email(self) -> str:
        return self._without_twin("email")

    def _without_twin(self, name: str) -> str:
        value: str = self.cleaned_data[name]  # type: ignore[attr-defined]
        others = User.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        if others.filter(**{f"{name}__iexact": value}).exists():
            raise ValidationError(_("Another account has this already, perhaps in other letters."))
        return value


class PortalUserCreationForm(CaseRules, GiverRules, UserCreationForm):
    pass


class PortalUserEditForm(CaseRules, GiverRules, UserEditForm):
    pass


class TellsGiver:
    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"giver": self.request.user}  # type: ignore[misc, attr-defined]


class PortalCreateView(TellsGiver, CreateView):
    pass


class PortalEditView(TellsGiver, EditView):
    pass


class PortalCopyView(TellsGiver, CopyView):
    pass


def holdings_context(person: User, reader: AnyUser) -> dict[str, object]:
    """What accounts/admin/holdings.html takes. Wagtail's own count of references to an account is always 0."""
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
