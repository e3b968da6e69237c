"""The base form of all page types: errors about slugs name the page that has the slug, and fields shared by all languages
are edited in the original only."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page
from wagtail.utils.timestamps import render_timestamp

from core.expiry import has_future_expiry
from core.languages import other_languages
from core.shared_fields import live_original_of
from core.slugs import is_owned_by_route, slug_owned_message, slug_taken_message

GO_LIVE = "go_live_at"
EXPIRE = "expire_at"
SCHEDULE = (GO_LIVE, EXPIRE)


def time_zone_help() -> str:
    """Return a sentence with the time zone of the user's admin, for the schedule fields."""
    offset = timezone.localtime().strftime("%z")
    return _("Time zone: %(zone)s (UTC%(offset)s). You can choose another one in your account.") % {
        "zone": getattr(timezone.get_current_timezone(), "key", ""),
        "offset": f"{offset[:3]}:{offset[3:]}",
    }


def latest_version(page: Page) -> Page:
    """Return the latest saved revision of `page` as a page object."""
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


class SharedFieldsForm(WagtailAdminPageForm):
    """A page form without the shared fields in a translation. The slug stays because the title field's script fills it."""

    instance: Page
    original: Any
    # A revision saved since the form was loaded (practices.edit_conflicts), and whether saving the form keeps its changes.
    newer_revision: Any = None
    keeps_newer = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        page: Any = kwargs.get("instance")
        self.original = live_original_of(page) if page is not None and page.pk else None
        if self.original:
            page.copy_shared_fields_from(self.original)
        super().__init__(*args, **kwargs)
        for name in SCHEDULE:
            if name in self.fields:
                self.fields[name].help_text = time_zone_help()
        for name in self.instance.shared_fields if self.original else ():
            if name != "slug":
                self.fields.pop(name, None)
        self.share_expiry(self.original)

    def loaded_page(self) -> Page:
        """Return the version that the form was loaded from, or the latest one if that is not known."""
        return latest_version(self.instance)

    def share_expiry(self, original: Any) -> None:
        """Remove the expiry field from a translation, since the original's date is used, and explain that beside the dates.

        A date that was set or submitted here before the original went live is kept.
        """
        self.expires_with = original if original and original.expire_at else None
        has_own = original and not original.expire_at and has_future_expiry(self.instance)
        submitted = self.is_bound and self.data.get(self.add_prefix(EXPIRE))
        if original and not has_own and not submitted:
            self.fields.pop(EXPIRE, None)
        if original and EXPIRE not in self.fields:
            text = _("The day on which this page expires is that of “%(title)s” (%(language)s).")
            self._say_beside(
                GO_LIVE,
                text % {"title": original.title, "language": original.locale.get_display_name()},
            )
        elif self.instance.pk and other_languages(self.instance):
            self._say_beside(EXPIRE, _("It expires in all its languages then."))

    def _refuse_own_expiry(self, day: datetime | None) -> None:
        """Add an error if the submitted expiry date differs from the original's, which was published in the meantime."""
        original = self.expires_with
        if original and EXPIRE in self.fields and day != original.expire_at.replace(second=0, microsecond=0):
            values = {
                "day": render_timestamp(original.expire_at),
                "title": original.title,
                "language": original.locale.get_display_name(),
            }
            message = _(
                "All languages of this page expire on %(day)s. Change it in “%(title)s” (%(language)s)."
            )
            self.add_error(EXPIRE, message % values)

    def _say_beside(self, name: str, text: str) -> None:
        if name in self.fields:
            self.fields[name].help_text = f"{text} {time_zone_help()}"

    def clean(self) -> dict[str, object]:
        slug = self.cleaned_data.get("slug")
        cleaned: dict[str, Any] = super().clean()
        if slug and "slug" in self.errors:
            self._name_page_with(slug)
        elif slug and is_owned_by_route(slug, self.parent_page, self.instance):
            self.add_error("slug", slug_owned_message(slug, self.parent_page))
        self._refuse_time_gone_by(cleaned.get(GO_LIVE))
        self._refuse_own_expiry(cleaned.get(EXPIRE))
        shared = self.original and "slug" in self.instance.shared_fields
        if shared and "slug" in cleaned and cleaned["slug"] not in (self.original.slug, self.instance.slug):
            self.add_error("slug", self.edit_in_original_message(_("The slug is the same in all languages.")))
        return cleaned

    def _post_clean(self) -> None:
        """Show an error about both dates once. Wagtail's class, mixed in before this one, adds it to both fields."""
        super()._post_clean()
        if self.errors.get(GO_LIVE) and self.errors[GO_LIVE] == self.errors.get(EXPIRE):
            del self.errors[GO_LIVE]

    def _refuse_time_gone_by(self, moment: datetime | None) -> None:
        """Add an error for a go-live date in the past, with which Wagtail would publish at once. An unchanged date is allowed."""
        before = self.initial.get(GO_LIVE)
        unchanged = moment and before and before.replace(second=0, microsecond=0) == moment
        if moment and moment < timezone.now() and not unchanged:
            self.add_error(
                GO_LIVE,
                _("This time has passed. Choose a later one, or leave the field empty to publish at once."),
            )

    def _name_page_with(self, slug: str) -> None:
        """Replace Wagtail's "already in use" by a message that names the page with this slug."""
        if not Page._slug_is_available(slug, self.parent_page, self.instance):
            message = slug_taken_message(slug, self.parent_page, self.for_user, self.instance)
            self.errors["slug"] = self.error_class([message], renderer=self.renderer)

    def edit_in_original_message(self, reason: object) -> str:
        """Return `reason` and a sentence that names the original, where the field can be changed."""
        where = _("Change it in “%(title)s” (%(language)s).") % {
            "title": self.original.title,
            "language": self.original.locale.get_display_name(),
        }
        return f"{reason} {where}"
