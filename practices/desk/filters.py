"""The filters of the desk. Their values are codes, so that a saved view means the same after a term is renamed."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Task, WorkflowState

from practices.desk.querysets import holding, keys_of, reviews
from practices.desk.states import Care, LanguageState, State, due_since, overdue_since
from practices.models import PracticePage
from taxonomy.choices import Evidence
from taxonomy.models import Country, PracticeType, Term, Theme

# The value that asks for an empty field.
NONE = "none"
# The holder of what is in no review.
AUTHOR = "author"
# More would be a date that no calendar has.
MOST_DAYS = 36_500
Choices = Sequence[tuple[str, str | Promise]]


class CodesFilter(django_filters.MultipleChoiceFilter):
    """A filter by any of several codes; `condition` returns the condition for those chosen."""

    def __init__(
        self,
        label: str | Promise,
        choices: Choices | Callable[[], Choices],
        condition: Callable[[list[str]], Q],
    ) -> None:
        super().__init__(label=label, choices=choices, widget=CheckboxSelectMultiple)
        self.condition = condition

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(self.condition(value)) if value else qs


def _terms(model: type[Term]) -> Callable[[], Choices]:
    return lambda: [(term.code, str(term)) for term in model.objects.in_order()]


def _theme_choices() -> Choices:
    return [(theme.code, str(theme)) for theme in Theme.objects.select_related("parent").in_order()]


def _with_none(choices: Callable[[], Choices]) -> Callable[[], Choices]:
    return lambda: [*choices(), (NONE, pgettext_lazy("desk", "Not given"))]


def _steps() -> Choices:
    return [
        *((str(task.pk), str(task.name)) for task in Task.objects.filter(active=True).order_by("pk")),
        (AUTHOR, pgettext_lazy("desk", "Its author")),
    ]


def _countries(codes: list[str]) -> Q:
    return holding("countries", list(Country.objects.filter(code__in=codes).values_list("pk", flat=True)))


def _themes(codes: list[str]) -> Q:
    """A theme stands for its parts too, as in the search."""
    themes = Theme.objects.filter(Q(code__in=codes) | Q(parent__code__in=codes))
    return holding("themes", list(themes.values_list("pk", flat=True)))


def _states(codes: list[str]) -> Q:
    return Q(state__in=codes)


def _evidence(codes: list[str]) -> Q:
    levels = [code for code in codes if code != NONE]
    empty = Q(evidence="") | Q(evidence=None) if NONE in codes else Q()
    return Q(evidence__in=levels) | empty if levels else empty


def _types(codes: list[str]) -> Q:
    given = Q(type_id__in=PracticeType.objects.filter(code__in=codes).values("pk"))
    return given | Q(type_id=None) if NONE in codes else given


def _care(codes: list[str]) -> Q:
    due, overdue = due_since(), overdue_since()
    conditions = {
        Care.VERIFIED: Q(verified__gte=due),
        Care.DUE: Q(verified__gte=overdue, verified__lt=due),
        Care.OVERDUE: Q(verified__lt=overdue) | Q(verified=None),
    }
    chosen = Q()
    for code in codes:
        chosen |= conditions[Care(code)]
    return chosen


def _holders(codes: list[str]) -> Q:
    steps = [code for code in codes if code != AUTHOR]
    waiting = reviews(WorkflowState.STATUS_IN_PROGRESS).filter(current_task_state__task__in=steps)
    held = Q(translation_key__in=keys_of(waiting))
    return held | ~Q(state__in=(State.IN_REVIEW, State.PUBLISHED)) if AUTHOR in codes else held


def _language(code: str) -> Callable[[list[str]], Q]:
    return lambda states: Q(**{f"language_{code}__in": states})


class DeskFilterSet(WagtailFilterSet):
    country = CodesFilter(_("Country"), _terms(Country), _countries)
    theme = CodesFilter(_("Theme"), _theme_choices, _themes)
    status = CodesFilter(pgettext_lazy("desk", "Status"), State.choices, _states)
    holder = CodesFilter(pgettext_lazy("desk", "With whom"), _steps, _holders)
    waiting = django_filters.NumberFilter(
        label=pgettext_lazy("desk", "Waiting at least, days"),
        min_value=0,
        max_value=MOST_DAYS,
        method="by_waiting",
    )
    language_en = CodesFilter(pgettext_lazy("desk", "In English"), LanguageState.choices, _language("en"))
    language_ru = CodesFilter(pgettext_lazy("desk", "In Russian"), LanguageState.choices, _language("ru"))
    evidence = CodesFilter(_("Evidence"), _with_none(lambda: list(Evidence.choices)), _evidence)
    type = CodesFilter(_("Type"), _with_none(_terms(PracticeType)), _types)
    care = CodesFilter(pgettext_lazy("desk", "Verification"), Care.choices, _care)

    class Meta:
        model = PracticePage
        fields: list[str] = []

    def _add_locale_filter(self) -> None:
        """Leave out Wagtail's filter: a row stands for all languages."""

    def by_waiting(self, practices: QuerySet[Any], name: str, days: int) -> QuerySet[Any]:
        return practices.filter(since__lte=timezone.now() - timedelta(days=int(days)))
