"""Where practices live: an index, below it a section for each SPECA country and one for experts from elsewhere."""

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale, PageQuerySet
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.breadcrumbs import breadcrumbs
from core.i18n import active_language
from core.models import BasePage
from practices.edit_conflicts import RevisionAwareForm
from practices.listings import one_page_of
from practices.models.practice import PracticePage
from practices.panels import StalePanel
from practices.querysets import PracticeQuerySet


class PracticesIndexPage(BasePage):
    """All sections at a glance."""

    intro = models.TextField(_("introduction"), blank=True)

    search_excluded = True
    shared_fields = ("slug",)
    max_count_per_parent = 1
    base_form_class = RevisionAwareForm
    content_panels = [StalePanel(), *BasePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["practices.SectionPage"]
    template = "pages/practices_index_page.html"

    class Meta:
        verbose_name = _("practices index")

    def sections(self) -> PageQuerySet:
        """The public sections of this index, by name."""
        return (
            SectionPage.objects.child_of(self)
            .live()
            .public()
            .select_related("country", "locale")
            .order_by("title")
        )

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """The sections: those of countries by name, then others with the number of their practices."""
        sections = list(self.sections())
        return super().get_context(request, *args, **kwargs) | {
            "breadcrumbs": breadcrumbs(self, active_language()),
            "sections": [section for section in sections if section.country_id],
            "elsewhere": [
                {"label": section.title, "url": section.get_url(), "count": section.newest_keys().count()}
                for section in sections
                if not section.country_id
            ],
        }

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A practice of a section that is not there in this language."""
        try:
            return super().route(request, path_components)
        except Http404:
            if page := practice_in_another_language(self.locale, path_components):
                return RouteResult(page)
            raise


class SectionPage(BasePage):
    """The practices of one country or, without a country, of international experts."""

    country = models.ForeignKey(
        "taxonomy.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    intro = models.TextField(_("introduction"), blank=True)

    search_excluded = True
    shared_fields = ("slug", "country")
    base_form_class = RevisionAwareForm
    content_panels = [StalePanel(), *BasePage.content_panels, FieldPanel("country"), FieldPanel("intro")]
    parent_page_types = ["practices.PracticesIndexPage"]
    subpage_types = ["practices.PracticePage"]
    template = "pages/section_page.html"
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("intro"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def newest_keys(self) -> PracticeQuerySet:
        """The keys of the public practices of this section in any language, newest first."""
        sections = SectionPage.objects.filter(translation_key=self.translation_key)
        return PracticePage.objects.readable().in_sections(sections).newest_keys()

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """A country's section has its figures by country. That of experts from elsewhere is no country: its own practices
        are listed, page by page."""
        context = super().get_context(request, *args, **kwargs) | {
            "breadcrumbs": breadcrumbs(self, active_language())
        }
        if self.country_id is None:
            context |= one_page_of(self.newest_keys(), request.GET.get("page", ""))
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A practice of this section; where it is not published in this language, its original."""
        try:
            return super().route(request, path_components)
        except Http404:
            sections = SectionPage.objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
            if len(path_components) == 1 and (
                page := _in_another_language(self.locale, sections, path_components[0])
            ):
                return RouteResult(page)
            raise


def practice_in_another_language(here: Locale, path: list[str]) -> PracticePage | None:
    """Return the practice at this path below an index of another language, where it has no page in this one: [section, slug]."""
    if len(path) != 2:
        return None
    section, slug = path
    sections = SectionPage.objects.filter(slug=section).exclude(locale=here)
    return _in_another_language(here, sections, slug)


def _in_another_language(here: Locale, sections: PageQuerySet, slug: str) -> PracticePage | None:
    """Return the live practice with this slug in one of these sections, unless it has a live page in this language.

    The sections need not be public: a practice stays public when its section is unpublished.
    """
    translated = PracticePage.objects.live().filter(locale=here)
    for section in sections:
        page = PracticePage.objects.live().child_of(section).filter(slug=slug).first()
        if page and not translated.of_record(page.translation_key).exists():
            return page
    return None
