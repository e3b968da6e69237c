"""Copying a page in the admin. An alias is a second page that follows the first by itself: nothing that hangs on publication
(the record, former URLs) knows it, so none is made where readers would have to find it by search."""

from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.slugs import free_slug, slug_taken_message
from core.users import AnyUser


def may_be_alias(model: type[Page] | None) -> bool:
    """Whether search knows neither pages of this type nor any that may stand below them."""
    seen, left = set(), [model]
    while left:
        found = left.pop()
        if found is None or getattr(found, "search_kind", None):
            return False
        if found not in seen:
            seen.add(found)
            left += found.allowed_subpage_models()
    return True


def may_add_pages(user: AnyUser) -> bool:
    """Whether there is any page below which this person may add one."""
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
        # Wagtail offers the page's own, which is taken where the copy is most often wanted: beside it.
        self.fields["new_slug"].initial = free_slug(self.page.slug, self.page.get_parent())

    def _limit(self, name: str, longest: int) -> None:
        """Wagtail's form takes any length, and then the database refuses the copy."""
        self.fields[name].validators.append(MaxLengthValidator(longest))
        self.fields[name].widget.attrs["maxlength"] = longest

    def clean(self) -> dict[str, object]:
        slug = self.cleaned_data.get("new_slug")
        cleaned: dict[str, object] = super().clean()
        self._say_why_not_there(cleaned.get("new_parent_page") or self.page.get_parent())
        if slug and "new_slug" in self.errors and "new_parent_page" not in self.errors:
            parent = cleaned.get("new_parent_page") or self.page.get_parent()
            self.errors["new_slug"] = self.error_class([slug_taken_message(slug, parent, self.user)])
        if "alias" not in self.fields and self.data.get("alias"):
            told = _(
                "Alias pages are not offered here: search would not know them. Make a copy, or link to the page."
            )
            self.add_error("new_title", told)  # Wagtail's page has no place for what belongs to no field
        return cleaned

    def _say_why_not_there(self, parent: "Page") -> None:
        """Wagtail only says that there is no permission to copy to that page."""
        if not self.page.specific_class.can_create_at(parent):
            told = _("Pages of this kind, or in this language, do not go there.")
        elif not parent.permissions_for_user(self.user).can_add_subpage():
            told = _(
                "You may not add pages below “%(title)s”. Choose a page below which you may, or ask the secretariat to copy it."
            ) % {"title": parent.specific_deferred.get_admin_display_title()}
        else:
            return
        self.errors["new_parent_page"] = self.error_class([told])
