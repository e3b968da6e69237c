"""What all pages share."""

from typing import Any, ClassVar, Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.forms import BaseForm
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage
from wagtail.models import Page, WorkflowState

from core.copying import PageCopyForm, may_be_alias
from core.draft_references import index_drafts
from core.expiry import change_expiry, give_expiry
from core.forms import SharedFieldsForm
from core.jobs.models import Job, ScheduledRun
from core.leases import Lease
from core.outbox import Mail
from core.shared_fields import SharedFieldsPage, give_shared_fields, take_shared_fields

__all__ = ["BasePage", "ContentVersion", "Job", "Lease", "Mail", "ScheduledRun", "page_address_changed"]

# Sent inside the transaction when a page has got another address by a new slug; its descendants have too.
page_address_changed = Signal()


class ContentVersion(models.Model):
    """One row that counts public changes; see core.versions."""

    number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("content version")

    def __str__(self) -> str:
        return str(self.number)


class ThrottleEvent(models.Model):
    """An event counted by core.throttle, deleted once its throttle's window has passed."""

    scope = models.CharField(max_length=40)
    key_hash = models.CharField(max_length=64)
    created = models.DateTimeField()

    class Meta:
        verbose_name = _("throttle event")
        indexes = [models.Index(fields=["scope", "key_hash", "created"], name="throttle_by_key")]

    def __str__(self) -> str:
        return f"{self.scope}, {self.created:%Y-%m-%d %H:%M}"


class PictureCreditQuerySet(models.QuerySet["PictureCredit"]):
    def of(self, image: AbstractImage) -> str:
        """Return the credit of this image, '' where it has none."""
        return self.filter(image=image).values_list("credit", flat=True).first() or ""

    def keep(self, image: AbstractImage, credit: str) -> None:
        """Make this the credit of the image, whatever it was before."""
        self.update_or_create(image=image, defaults={"credit": credit})


class PictureCredit(models.Model):
    """Who made a picture and who has the rights. Beside Wagtail's image, whose table and references stay as they are."""

    image = models.OneToOneField("wagtailimages.Image", on_delete=models.CASCADE, related_name="+")
    credit = models.CharField(_("credit"), max_length=150, blank=True)

    objects = PictureCreditQuerySet.as_manager()
    # Else the image would count as used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("picture credit")

    def __str__(self) -> str:
        return self.credit


class FileUse(models.Model):
    """That the row of a page, live or not, shows an image or a document; see core.file_uses."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="file_uses")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.CASCADE, null=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("use of a file")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.image_id or self.document_id}"


class BasePage(SharedFieldsPage):
    """Every page type of the portal.

    A page type says whether readers find it by search: it names its kind, or excludes itself
    (core.checks refuses one that does neither). Publishing and unpublishing are atomic, so that what
    hangs on the signal (the record, the version) is saved with the page or not at all: Wagtail
    itself saves first and signals afterwards, outside any transaction.
    """

    search_kind: ClassVar[str] = ""
    search_excluded: ClassVar[bool] = False
    # Whether its address in another language answers with the original where there is no translation.
    answers_in_every_language: ClassVar[bool] = False
    # What forms take; a longer title of before stays.
    longest_title: ClassVar[int] = 255
    base_form_class = SharedFieldsForm
    copy_form_class = PageCopyForm

    class Meta:
        abstract = True

    def get_admin_display_title(self) -> str:
        """A published page goes by its public title: lists and choosers show it to people who may not read its draft."""
        return self.title if self.live else super().get_admin_display_title()

    @property
    def status_string(self) -> str | Promise:
        """Say where a running review stands; Wagtail calls a page that was sent back a draft."""
        state = self.current_workflow_state
        if not state or self.expired or self.approved_schedule:
            return super().status_string
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            return _("live + sent back for changes") if self.live else _("sent back for changes")
        return _("live + in review") if self.live else _("in review")

    def save(self, *args: object, **kwargs: object) -> Any:
        """Tells of a new address at once: Wagtail's page_slug_changed comes only after the commit.

        Raises PermissionDenied for a new alias of what readers find by search (core.copying).
        """
        self._refuse_new_alias()
        stored = Page.objects.filter(pk=self.pk).values_list("url_path", "expire_at").first()
        url_before, expiry_before = stored or (None, None)
        whole = kwargs.get("update_fields") is None
        with transaction.atomic():
            if whole:
                change_expiry(self, expiry_before)
                take_shared_fields(self)
            saved = super().save(*args, **kwargs)
            if stored:
                index_drafts(self)
            if whole:
                give_shared_fields(self)
                give_expiry(self)
            if stored and url_before != self.url_path:
                page_address_changed.send(sender=type(self), instance=self)
            return saved

    def serve_password_required_response(
        self, request: HttpRequest, form: BaseForm, action_url: str
    ) -> TemplateResponse:
        """Without the page in the context: its address, which the frame would name, has its title in it."""
        context = {"form": form, "action_url": action_url}
        template = self.password_required_template or "wagtailcore/password_required.html"
        return TemplateResponse(request, template, context)

    def minimal_clean(self) -> None:
        """Name the field of what is wrong: wagtail-localize shows errors beside fields, and fails on one of none."""
        try:
            super().minimal_clean()
        except ValidationError as error:
            raise error if hasattr(error, "error_dict") else ValidationError({"title": error}) from error

    def _refuse_new_alias(self) -> None:
        known = Page.objects.filter(pk=self.pk, alias_of__isnull=False)
        if self.alias_of_id and not may_be_alias(type(self)) and not known.exists():
            raise PermissionDenied

    def with_content_json(self, content: dict[str, object]) -> Self:
        """A version, which may be so old that what a field of it protects today has been deleted since."""
        return super().with_content_json(content | dict.fromkeys(_protected_and_gone(type(self), content)))

    def publish(self, *args: object, **kwargs: object) -> Any:
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    def unpublish(self, *args: object, **kwargs: object) -> Any:
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)

    def move(self, *args: object, **kwargs: object) -> Any:
        with transaction.atomic():
            return super().move(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> Any:
        with transaction.atomic():
            return super().delete(*args, **kwargs)


def _protected_and_gone(model: type[Page], content: dict[str, object]) -> list[str]:
    """The fields of this content that point to something deleted. Left in, modelcluster could not read the content."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.null
        and field.remote_field.on_delete is models.PROTECT
        and content.get(field.name)
        and not field.related_model._base_manager.filter(pk=content[field.name]).exists()
    ]
