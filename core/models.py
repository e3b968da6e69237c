"""The base page type and the models of core."""

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
from core.expiry import change_expiry, share_expiry_with_translations
from core.forms import SharedFieldsForm
from core.jobs.models import Job, ScheduledRun
from core.leases import Lease
from core.outbox import Mail
from core.shared_fields import SharedFieldsPage, pull_shared_fields, push_shared_fields
from core.slugs import is_owned_by_route, slug_owned_message

__all__ = ["BasePage", "ContentVersion", "Job", "Lease", "Mail", "ScheduledRun", "page_address_changed"]

# Sent inside the transaction when a page gets another URL by a new slug; the URLs of its descendants change too.
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
        """Return the credit of this image, '' if it has none."""
        return self.filter(image=image).values_list("credit", flat=True).first() or ""

    def keep(self, image: AbstractImage, credit: str) -> None:
        """Set the credit of the image."""
        self.update_or_create(image=image, defaults={"credit": credit})


class PictureCredit(models.Model):
    """Creator and rights holder of a picture, in a table of its own so that Wagtail's image model stays unchanged."""

    image = models.OneToOneField("wagtailimages.Image", on_delete=models.CASCADE, related_name="+")
    credit = models.CharField(_("credit"), max_length=150, blank=True)

    objects = PictureCreditQuerySet.as_manager()
    # Otherwise the image would count as used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("picture credit")

    def __str__(self) -> str:
        return self.credit


class FileUse(models.Model):
    """An image or document shown by the published version of a page, live or not; see core.file_uses."""

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
    # Whether its URL in another language serves the original if there is no translation.
    answers_in_every_language: ClassVar[bool] = False
    # Maximum length in forms; longer titles from before stay.
    longest_title: ClassVar[int] = 255
    base_form_class = SharedFieldsForm
    copy_form_class = PageCopyForm

    class Meta:
        abstract = True

    def get_admin_display_title(self) -> str:
        """Return the public title of a published page: lists and choosers show it to people who may not see its draft."""
        return self.title if self.live else super().get_admin_display_title()

    @property
    def status_string(self) -> str | Promise:
        """Return the status with the state of a running review; Wagtail calls a page that was sent back a draft."""
        state = self.current_workflow_state
        if not state or self.expired or self.approved_schedule:
            return super().status_string
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            return _("live + sent back for changes") if self.live else _("sent back for changes")
        return _("live + in review") if self.live else _("in review")

    def save(self, *args: object, **kwargs: object) -> Any:
        """Save the page with its shared fields and send page_address_changed; Wagtail's page_slug_changed comes after commit.

        Raises PermissionDenied for a new alias of what readers find by search (core.copying).
        """
        self._refuse_new_alias()
        stored = Page.objects.filter(pk=self.pk).values_list("url_path", "expire_at").first()
        url_before, expiry_before = stored or (None, None)
        whole = kwargs.get("update_fields") is None
        with transaction.atomic():
            if whole:
                change_expiry(self, expiry_before)
                pull_shared_fields(self)
            saved = super().save(*args, **kwargs)
            if stored:
                index_drafts(self)
            if whole:
                push_shared_fields(self)
                share_expiry_with_translations(self)
            if stored and url_before != self.url_path:
                page_address_changed.send(sender=type(self), instance=self)
            return saved

    def serve_password_required_response(
        self, request: HttpRequest, form: BaseForm, action_url: str
    ) -> TemplateResponse:
        """Return the password form without the page in the context, whose slug and title the base template would show."""
        context = {"form": form, "action_url": action_url}
        template = self.password_required_template or "wagtailcore/password_required.html"
        return TemplateResponse(request, template, context)

    def clean(self) -> None:
        """Refuse the slug of a new page that a route would hide; forms say so before."""
        super().clean()
        if self._state.adding and self.path and is_owned_by_route(self.slug, self.get_parent(), self):
            raise ValidationError({"slug": slug_owned_message(self.slug, self.get_parent())})

    def minimal_clean(self) -> None:
        """Assign errors without a field to the title: wagtail-localize shows field errors and fails on others."""
        try:
            super().minimal_clean()
        except ValidationError as error:
            raise error if hasattr(error, "error_dict") else ValidationError({"title": error}) from error

    def _refuse_new_alias(self) -> None:
        existing_alias = Page.objects.filter(pk=self.pk, alias_of__isnull=False)
        if self.alias_of_id and not may_be_alias(type(self)) and not existing_alias.exists():
            raise PermissionDenied

    def with_content_json(self, content: dict[str, object]) -> Self:
        """Return a version of the page, without references to protected objects that have been deleted since."""
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
    """Return the names of the fields that refer to deleted objects, with which modelcluster could not read the content."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.null
        and field.remote_field.on_delete is models.PROTECT
        and content.get(field.name)
        and not field.related_model._base_manager.filter(pk=content[field.name]).exists()
    ]
