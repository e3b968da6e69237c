"""Copying a page in the admin. Aliases are not offered for searchable pages: Wagtail updates an alias without the signals
of publication, so it would have no record and no former URLs."""

from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.slugs import free_slug, is_owned_by_route, slug_owned_message, slug_taken_message
from core.users import AnyUser


def may_be_alias(model: type[Page] | None) -> bool:
    """Return whether neither this page type nor any type allowed below it is searchable."""
    checked, to_check = set(), [model]
    while to_check:
        page_type = to_check.pop()
        if page_type is None or getattr(page_type, "search_kind", None):
            return False
        if page_type not in checked:
            checked.add(page_type)
            to_check += page_type.allowed_subpage_models()
    return True


def may_add_pages(user: AnyUser) -> bool:
    """Return whether this user may add a page anywhere."""
    return bool(page_permission_policy.instances_user_has_permission_for(user, "add").exists())


class PageCopyForm(CopyForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_alias(self.page.specific_class):
            self.fields.pop("alias", None)
        model = self.page.specific_class
        longest_title = getattr(model, "longest_title", model._meta.get_field("title").max_length)
        self._limit("new_title", longest_title)
        self._limit("new_slug", model._meta.get_field("slug").max_length)
        # Wagtail proposes the page's own slug, which is taken if the copy has the same parent.
        self.fields["new_slug"].initial = free_slug(self.page.slug, self.page.get_parent())

    def _limit(self, name: str, longest: int) -> None:
        """Limit the length of a field; Wagtail's form accepts any length and the database then refuses the copy."""
        self.fields[name].validators.append(MaxLengthValidator(longest))
        self.fields[name].widget.attrs["maxlength"] = longest

    def clean(self) -> dict[str, object]:
        slug = self.cleaned_data.get("new_slug")
        cleaned: dict[str, object] = super().clean()
        self._explain_invalid_parent(cleaned.get("new_parent_page") or self.page.get_parent())
        if slug and "new_slug" in self.errors and "new_parent_page" not in self.errors:
            parent = cleaned.get("new_parent_page") or self.page.get_parent()
            self.errors["new_slug"] = self.error_class([slug_taken_message(slug, parent, self.user)])
        if slug and not self.errors and is_owned_by_route(slug, cleaned["new_parent_page"]):
            self.add_error("new_slug", slug_owned_message(slug, cleaned["new_parent_page"]))
        if "alias" not in self.fields and self.data.get("alias"):
            message = _(
                "Alias pages are not offered here: search would not know them. Make a copy, or link to the page."
            )
            self.add_error("new_title", message)  # Wagtail's template shows no non-field errors
        return cleaned

    def _explain_invalid_parent(self, parent: "Page") -> None:
        """Add the reason why the page cannot be copied there; Wagtail only says that permission is missing."""
        if not self.page.specific_class.can_create_at(parent):
            message = _("Pages of this kind, or in this language, do not go there.")
        elif not parent.permissions_for_user(self.user).can_add_subpage():
            message = _(
                "You may not add pages below “%(title)s”. Choose a page below which you may, or ask the secretariat to copy it."
            ) % {"title": parent.specific_deferred.get_admin_display_title()}
        else:
            return
        self.errors["new_parent_page"] = self.error_class([message])
