"""Withdrawals: the explanation shown at the URL of a record that is no longer public."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from indexing.former_paths import FormerPath
from indexing.kinds import searchable_models


class Withdrawal(models.Model):
    """The explanation shown at the URL of a page that was withdrawn or merged into another.

    Without one, the page only says that the record is gone. It applies while no page of the record is public.
    """

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("withdrawn page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Any of its languages. Unpublish it as well: while it is public, it is shown."),
    )
    # Kept when the page is deleted.
    key = models.UUIDField(unique=True, editable=False)
    replaced_by = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    merged = models.BooleanField(
        pgettext_lazy("page", "merged into it"),
        default=False,
        help_text=_("Then the old address leads straight to the other page."),
    )
    reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    reason_ru = models.CharField(_("reason in Russian"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("withdrawn page")
        verbose_name_plural = _("withdrawn pages")

    def __str__(self) -> str:
        """Return the title of the page; for a deleted page, its last path."""
        if self.page:
            return str(self.page.title)
        if last := FormerPath.objects.last_of(self.key):
            return gettext("Deleted: %(address)s") % {"address": last.strip("/")}
        return gettext("A deleted page")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.page:
            self.key = self.page.translation_key
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Check that both pages have a record and differ, and that the page is not listed yet. Raises ValidationError."""
        errors = {
            name: _("Choose a page that readers find by search.")
            for name in ("page", "replaced_by")
            if (page := getattr(self, name))
            and not issubclass(page.specific_class or object, searchable_models())
        }
        if errors:
            raise ValidationError(errors)
        if self.page:
            self.key = self.page.translation_key
        if self.merged and not self.replaced_by:
            raise ValidationError({"replaced_by": _("Choose the page that it was merged into.")})
        if self.replaced_by and self.replaced_by.translation_key == self.key:
            raise ValidationError({"replaced_by": _("A page is not replaced by itself.")})
        if Withdrawal.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"page": _("This page is in the list already.")})

    @property
    def reason(self) -> str:
        """Return the reason in the active language, else in the other."""
        return self._reasons.get(self.reason_language, "")

    @property
    def reason_language(self) -> str:
        """Return the language code of `reason`."""
        return next((code for code, reason in self._reasons.items() if reason), "")

    @property
    def _reasons(self) -> dict[str, str]:
        english, russian = {"en": self.reason_en}, {"ru": self.reason_ru}
        return russian | english if get_language() == "ru" else english | russian
