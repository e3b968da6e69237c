"""Collections: practices picked by hand with a note on each, a stored query whose answer stays live, or both."""

from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Locale, Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.breadcrumbs import breadcrumbs
from core.models import BasePage
from core.paging import pagination
from curation.choosers import practice_chooser
from curation.forms import CollectionPageForm
from curation.panels import HiddenPracticesPanel, OriginalPanel
from curation.presentation import CollectionContent, cards, found_beside, page_of, picks
from curation.querysets import CollectionManager, ItemQuerySet, public_keys
from practices.edit_conflicts import RevisionAwareForm
from practices.models import PracticePage
from practices.panels import StalePanel, UntranslatedTitlePanel
from search.stored_queries import LONGEST_QUERY

MOST_PICKED = 60


class CollectionIndexPage(BasePage):
    """All collections of one language."""

    intro = models.TextField(_("introduction"), blank=True)

    search_excluded = True
    shared_fields = ("slug",)
    max_count_per_parent = 1
    base_form_class = RevisionAwareForm
    content_panels = [StalePanel(), *BasePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["curation.CollectionPage"]
    template = "pages/collection_index_page.html"
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("collection index")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        collections = CollectionPage.objects.child_of(self).readable().in_order().with_items()
        context = super().get_context(request, *args, **kwargs)
        contents = [collection.content() for collection in collections]
        collection_cards = cards(contents, self.locale.language_code, counted=False)
        return context | {
            "breadcrumbs": breadcrumbs(self, self.locale.language_code),
            "collections": collection_cards,
        }


class CollectionPage(BasePage):
    """A collection in one language. What readers see of its practices comes from their records (curation.presentation)."""

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("What these practices have in common.")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    question = models.CharField(
        _("saved search"),
        blank=True,
        max_length=LONGEST_QUERY,
        help_text=_(
            "Search for practices and paste the address of the results here: what the search finds is shown below the"
            " picked practices, and stays up to date by itself."
        ),
    )
    featured = models.BooleanField(_("featured"), default=False, help_text=_("Show it on the front page."))
    featured_order = models.PositiveSmallIntegerField(
        _("place on the front page"), default=0, help_text=_("The lowest number comes first; four are shown.")
    )

    items: Any  # CollectionItem.page

    objects = CollectionManager()
    search_excluded = True
    shared_fields = ("slug", "image", "question", "featured", "featured_order")
    base_form_class = CollectionPageForm
    content_panels = [
        OriginalPanel(),
        StalePanel(),
        UntranslatedTitlePanel(),
        HiddenPracticesPanel(heading=_("Not seen by readers")),
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("image"),
        MultipleChooserPanel(
            "items",
            chooser_field_name="practice",
            heading=_("Practices picked by hand"),
            label=_("practice"),
            max_num=MOST_PICKED,
            panels=[FieldPanel("practice", widget=practice_chooser.widget_class), FieldPanel("note")],
        ),
        FieldPanel("question"),
        MultiFieldPanel([FieldPanel("featured"), FieldPanel("featured_order")], heading=_("Front page")),
    ]
    parent_page_types = ["curation.CollectionIndexPage"]
    subpage_types: list[str] = []
    template = "pages/collection_page.html"
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("intro"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("question", overridable=False),
    ]

    class Meta:
        # With a context, since Wagtail's collections of files have another name in Russian.
        verbose_name = pgettext_lazy("practices", "collection")
        verbose_name_plural = pgettext_lazy("practices", "collections")

    def copy_shared_fields_from(self, original: "CollectionPage") -> None:
        """Copy the picks and their order too; the notes of this language stay."""
        super().copy_shared_fields_from(original)
        items = list(self.items.all())
        by_key = {item.practice_key: item for item in items} | {item.translation_key: item for item in items}
        self.items = [
            item.like(by_key.get(item.translation_key) or by_key.get(item.practice_key), self.locale)
            for item in original.items.all()
        ]

    def with_content_json(self, content: dict[str, object]) -> Any:
        """Return a version of the page, with picks of deleted pages pointing to another language of the practice."""
        page = super().with_content_json(content)
        for item in page.items.all():
            item.relink_deleted_page()
        return page

    def content(self) -> CollectionContent:
        """Return the page's content for curation.presentation."""
        return CollectionContent(
            title=self.title,
            summary=self.intro,
            url=self.get_url() or "",
            language=self.locale.language_code,
            notes={item.practice_key: item.note for item in self.items.all() if item.practice_key},
            question=self.question,
        )

    def items_not_public(self) -> list["CollectionItem"]:
        """Return the items of this draft whose practice is not public in any language."""
        items = list(self.items.all())
        public = public_keys(item.practice_key for item in items if item.practice_key)
        return [item for item in items if item.practice_key not in public]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """Return the context: the picks on the first page, and on each page results of the stored query."""
        language, content = self.locale.language_code, self.content()
        page, results = page_of(found_beside(content), request.GET.get("page", ""), language)
        return super().get_context(request, *args, **kwargs) | {
            "breadcrumbs": breadcrumbs(self, language),
            "picked": bool(content.notes),
            "picks": picks(content.notes, language) if page.number == 1 else [],
            "found": results,
            "pagination": pagination(page.number, page.paginator.num_pages),
        }


class CollectionItem(TranslatableMixin, Orderable):
    """A practice picked by hand.

    It is identified by its key, not by its page: readers get it in their language if possible, and the picked page may be
    deleted while the practice stays.
    """

    page = ParentalKey(CollectionPage, on_delete=models.CASCADE, related_name="items")
    practice = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("practice"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    practice_key = models.UUIDField(null=True, editable=False, db_index=True)
    # The title of the practice, for when all its pages are deleted.
    practice_title = models.CharField(blank=True, max_length=255, editable=False)
    note = models.TextField(
        _("note"), blank=True, max_length=300, help_text=_("Why it is here, in a sentence or two.")
    )

    objects = ItemQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("picked practice")
        verbose_name_plural = _("picked practices")

    def __str__(self) -> str:
        if self.practice:
            return self.practice.title
        return self.practice_title or str(_("A practice that was deleted"))

    @property
    def is_gone(self) -> bool:
        """Return whether every page of the practice that was picked is deleted."""
        return bool(self.practice_key and not self.practice_id)

    def clean(self) -> None:
        super().clean()
        self._note_practice()

    def save(self, *args: object, **kwargs: object) -> None:
        self._note_practice()
        super().save(*args, **kwargs)

    def relink_deleted_page(self) -> None:
        """Replace a deleted page by another language of the practice; if there is none, set the stored title."""
        if not self.is_gone:
            return
        self.practice = PracticePage.objects.of_record(self.practice_key).order_by("-live", "pk").first()
        if not self.practice and not self.practice_title:
            self.practice_title = CollectionItem.objects.title_of(self.practice_key)

    def _note_practice(self) -> None:
        self.practice_key = self.chosen_key()
        if self.practice:
            self.practice_title = self.practice.title

    def like(self, existing: "CollectionItem | None", locale: Locale) -> "CollectionItem":
        """Return this pick for `locale`: `existing` updated, with its note if it is about the same practice, or a new item."""
        copy = existing or CollectionItem(locale=locale)
        if copy.practice_key != self.practice_key:
            copy.note = ""  # the curator has to write a note in this language
        copy.translation_key, copy.sort_order = self.translation_key, self.sort_order
        copy.practice_id, copy.practice_key = self.practice_id, self.practice_key
        copy.practice_title = self.practice_title
        return copy

    def chosen_key(self) -> UUID | None:
        """Return the key of the picked page, or the stored one if the page was deleted."""
        return self.practice.translation_key if self.practice else self.practice_key
