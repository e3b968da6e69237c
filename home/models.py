"""The front page and plain pages."""

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.blocks import FigureBlock, ProseBlock, QuoteBlock
from core.breadcrumbs import breadcrumbs
from core.i18n import active_language
from core.models import BasePage
from home.front import front_context
from practices.edit_conflicts import RevisionAwareForm
from practices.models import PracticesIndexPage
from practices.models.index import practice_in_another_language
from practices.panels import StalePanel, UntranslatedTitlePanel
from practices.titles import TranslatedTitleForm


class HomePage(BasePage):
    """The front page of one language."""

    headline = models.CharField(_("headline"), max_length=150, blank=True)
    intro = models.TextField(_("introduction"), blank=True)

    search_excluded = True
    base_form_class = RevisionAwareForm
    content_panels = [StalePanel(), *BasePage.content_panels, FieldPanel("headline"), FieldPanel("intro")]
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return super().get_context(request, *args, **kwargs) | front_context()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Route to a practice even if its index has no page in this language."""
        try:
            return super().route(request, path_components)
        except Http404:
            index, *path = path_components or [""]
            indexes = PracticesIndexPage.objects.filter(slug=index).exclude(locale=self.locale)
            if indexes.exists() and (page := practice_in_another_language(self.locale, path)):
                return RouteResult(page)
            raise


class PlainPage(BasePage):
    """A page of text: about, privacy, accessibility."""

    body = StreamField(
        [
            ("text", ProseBlock(features=["h2", "h3", "bold", "italic", "link", "ol", "ul"])),
            ("quote", QuoteBlock()),
            ("picture", FigureBlock()),
        ],
        verbose_name=_("text"),
        blank=True,
    )

    search_excluded = True
    shared_fields = ("slug",)
    base_form_class = TranslatedTitleForm
    content_panels = [StalePanel(), UntranslatedTitlePanel(), *BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "pages/plain_page.html"
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("body"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta:
        verbose_name = _("plain page")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return super().get_context(request, *args, **kwargs) | {
            "breadcrumbs": breadcrumbs(self, active_language()),
            "text": " ".join(self.body.stream_block.get_searchable_content(self.body)),
        }
