"""The form of every page: a slug that is taken names the page that has it; what is the same in all languages is changed in the
original."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page
from wagtail.utils.timestamps import render_timestamp

from core.expiry import has_day_to_come
from core.languages import other_languages
from core.shared_fields import live_original_of
from core.slugs import slug_taken_message

GO_LIVE = "go_live_at"
EXPIRE = "expire_at"
SCHEDULE = (GO_LIVE, EXPIRE)


def time_zone_help() -> str:
    """Return in which time zone the dates of this person's admin are."""
    offset = timezone.localtime().strftime("%z")
    return _("Time zone: %(zone)s (UTC%(offset)s). You can choose another one in your account.") % {
        "zone": getattr(timezone.get_current_timezone(), "key", ""),
        "offset": f"{offset[:3]}:{offset[3:]}",
    }


def latest_version(page: Page) -> Page:
    """Return the latest version of `page`, as it is saved."""
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


class SharedFieldsForm(WagtailAdminPageForm):
    """Without the shared fields in a translation; the slug stays, as the field of the title writes to it."""

    instance: Page
    original: Any
    # What somebody saved since the form was loaded (practices.edit_conflicts), and whether it stays when the form is saved.
    newer_revision: Any = None
    keeps_newer = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        page: Any = kwargs.get("instance")
        self.original = live_original_of(page) if page is not None and page.pk else None
        if self.original:
            page.take_from(self.original)
        super().__init__(*args, **kwargs)
        for name in SCHEDULE:
            if name in self.fields:
                self.fields[name].help_text = time_zone_help()
        for name in self.instance.shared_fields if self.original else ():
            if name != "slug":
                self.fields.pop(name, None)
        self.share_expiry(self.original)

    def loaded_page(self) -> Page:
        """Return the version that the form was loaded from, the latest one where that is no longer known."""
        return latest_version(self.instance)

    def share_expiry(self, original: Any) -> None:
        """The day of withdrawal is set in the original, or without one here, for all languages; say so beside the dates. What
        was set or typed here before the original went live is not dropped."""
        self.expires_with = original if original and original.expire_at else None
        has_own = original and not original.expire_at and has_day_to_come(self.instance)
        typed = self.is_bound and self.data.get(self.add_prefix(EXPIRE))
        if original and not has_own and not typed:
            self.fields.pop(EXPIRE, None)
        if original and EXPIRE not in self.fields:
            told = _("The day on which this page expires is that of “%(title)s” (%(language)s).")
            self._say_beside(
                GO_LIVE,
                told % {"title": original.title, "language": original.locale.get_display_name()},
            )
        elif self.instance.pk and other_languages(self.instance):
            self._say_beside(EXPIRE, _("It expires in all its languages then."))

    def _refuse_own_expiry(self, day: datetime | None) -> None:
        """One that was typed while the original was a draft: by now the original has another."""
        original = self.expires_with
        if original and EXPIRE in self.fields and day != original.expire_at.replace(second=0, microsecond=0):
            values = {
                "day": render_timestamp(original.expire_at),
                "title": original.title,
                "language": original.locale.get_display_name(),
            }
            told = _("All languages of this page expire on %(day)s. Change it in “%(title)s” (%(language)s).")
            self.add_error(EXPIRE, told % values)

    def _say_beside(self, name: str, text: str) -> None:
        if name in self.fields:
            self.fields[name].help_text = f"{text} {time_zone_help()}"

    def clean(self) -> dict[str, object]:
        slug = self.cleaned_data.get("slug")
        cleaned: dict[str, Any] = super().clean()
        if slug and "slug" in self.errors:
            self._name_page_with(slug)
        self._refuse_time_gone_by(cleaned.get(GO_LIVE))
        self._refuse_own_expiry(cleaned.get(EXPIRE))
        shared = self.original and "slug" in self.instance.shared_fields
        if shared and "slug" in cleaned and cleaned["slug"] not in (self.original.slug, self.instance.slug):
            self.add_error("slug", self.changed_in_original(_("The slug is the same in all languages.")))
        return cleaned

    def _post_clean(self) -> None:
        """Tell one error about both dates once. Wagtail's class, mixed in before this one, says it beside each."""
        super()._post_clean()
        if self.errors.get(GO_LIVE) and self.errors[GO_LIVE] == self.errors.get(EXPIRE):
            del self.errors[GO_LIVE]

    def _refuse_time_gone_by(self, moment: datetime | None) -> None:
        """Wagtail would publish at once. A date that was there before is left alone: its page went live by it."""
        before = self.initial.get(GO_LIVE)
        unchanged = moment and before and before.replace(second=0, microsecond=0) == moment
        if moment and moment < timezone.now() and not unchanged:
            self.add_error(
                GO_LIVE,
                _("This time has passed. Choose a later one, or leave the field empty to publish at once."),
            )

    def _name_page_with(self, slug: str) -> None:
        """In place of Wagtail's "already in use", which leaves one to search for the other page."""
        if not Page._slug_is_available(slug, self.parent_page, self.instance):
            message = slug_taken_message(slug, self.parent_page, self.for_user, self.instance)
            self.errors["slug"] = self.error_class([message], renderer=self.renderer)

    def changed_in_original(self, told: object) -> str:
        """A sentence, and where to go with what was typed."""
        where = _("Change it in “%(title)s” (%(language)s).") % {
            "title": self.original.title,
            "language": self.original.locale.get_display_name(),
        }
        return f"{told} {where}"
