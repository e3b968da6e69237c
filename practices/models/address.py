"""Where practices have been read, and what became of those that are no longer public."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel


class AddressQuerySet(models.QuerySet["Address"]):
    def remember(self, path: str, key: UUID) -> None:
        """A practice is read here from now on; whoever had the path before has lost it."""
        self.update_or_create(path=path, defaults={"key": key})

    def of_practice(self, key: UUID) -> "AddressQuerySet":
        return self.filter(key=key)


class Address(models.Model):
    """A path at which a practice was public, without its language: a section and a practice have the same in both."""

    path = models.CharField(max_length=500, unique=True)
    key = models.UUIDField(db_index=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")

    def __str__(self) -> str:
        return self.path


class Withdrawal(models.Model):
    """What a reader is told at the address of a practice that was withdrawn, or that another one has taken in.

    Without one, a reader is told only that it is gone. It counts from the day on which no page of the practice is public.
    """

    practice = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("withdrawn practice"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Any of its languages. Unpublish it as well: while it is public, it is shown."),
    )
    # Kept when the page is deleted.
    key = models.UUIDField(unique=True, editable=False)
    replaced_by = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    merged = models.BooleanField(
        pgettext_lazy("practice", "merged into it"),
        default=False,
        help_text=_("Then the old address leads straight to the other practice."),
    )
    reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    reason_ru = models.CharField(_("reason in Russian"), max_length=300, blank=True)

    panels = [
        PageChooserPanel("practice"),
        PageChooserPanel("replaced_by"),
        FieldPanel("merged"),
        FieldPanel("reason_en"),
        FieldPanel("reason_ru"),
    ]

    class Meta:
        verbose_name = _("withdrawn practice")
        verbose_name_plural = _("withdrawn practices")

    def __str__(self) -> str:
        """By its title; of a practice that was deleted, by the last address at which it was read."""
        if self.practice:
            return self.practice.title
        last = Address.objects.of_practice(self.key).order_by("-pk").first()
        if last:
            return gettext("Deleted: %(address)s") % {"address": last.path.strip("/")}
        return gettext("A deleted practice")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.practice:
            self.key = self.practice.translation_key
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.practice:
            self.key = self.practice.translation_key
        if self.merged and not self.replaced_by:
            raise ValidationError({"replaced_by": _("Choose the practice that it was merged into.")})
        if self.replaced_by and self.replaced_by.translation_key == self.key:
            raise ValidationError({"replaced_by": _("A practice is not replaced by itself.")})
        if Withdrawal.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"practice": _("This practice is in the list already.")})

    @property
    def reason(self) -> str:
        """In the reader's language, else in the other."""
        return self._reasons.get(self.reason_language, "")

    @property
    def reason_language(self) -> str:
        """The language of `reason`."""
        return next((code for code, reason in self._reasons.items() if reason), "")

    @property
    def _reasons(self) -> dict[str, str]:
        english, russian = {"en": self.reason_en}, {"ru": self.reason_ru}
        return russian | english if get_language() == "ru" else english | russian
