"""The practice chooser for collections: public practices, searched by title."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from practices.models import PracticePage
from practices.querysets import PracticeQuerySet


class PublicPractices:
    """Limit the chooser to public practices: titles of drafts must not leak to people who may not see them."""

    def get_object_list(self) -> PracticeQuerySet:
        practices = PracticePage.objects.readable().select_related("locale").prefetch_related("countries")
        return practices.order_by("title", "pk")

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("countries", label=_("Countries"), accessor=country_names)]  # type: ignore[misc]


class ChooseView(PublicPractices, views.ChooseView):
    pass


class ChooseResultsView(PublicPractices, views.ChooseResultsView):
    pass


class ChosenView(views.ChosenView):
    def get_object(self, pk: str) -> PracticePage:
        return PracticePage.objects.readable().get(pk=pk)


class ChosenMultipleView(views.ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> PracticeQuerySet:
        return PracticePage.objects.readable().filter(pk__in=pks)


class PracticeChooser(ChooserViewSet):
    model = PracticePage
    icon = "doc-full"
    choose_one_text = _("Choose a practice")
    choose_another_text = _("Choose another practice")
    edit_item_text = _("Edit this practice")
    register_widget = False
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


def country_names(page: PracticePage) -> str:
    return ", ".join(country.label() for country in page.countries.all())


practice_chooser = PracticeChooser("practice_chooser", url_prefix="collections/practices")
