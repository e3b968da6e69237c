"""Views of the desk under a name: those that every person has, and those that a person saved."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.users import AnyUser
from practices.desk.filters import NONE, DeskFilterSet
from practices.desk.states import PUBLIC, Care, LanguageState, State
from practices.models import DeskView

# Parameters of a view beside the filters.
SEARCH, ORDERING = "q", "ordering"
MOST_VIEWS = 30
ALL = ""


def _query(**values: object) -> str:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, list(value) if isinstance(value, tuple) else [str(value)])
    return query.urlencode()


SHIPPED: tuple[tuple[str | Promise, str], ...] = (
    (pgettext_lazy("desk", "All practices"), ALL),
    (_("In review, by country"), _query(status=State.IN_REVIEW.value, ordering="country")),
    (
        _("Verification overdue, by country"),
        _query(status=tuple(state.value for state in PUBLIC), care=Care.OVERDUE.value, ordering="country"),
    ),
    (_("Without evidence"), _query(evidence=NONE)),
    (_("Without Russian"), _query(language_ru=LanguageState.MISSING.value)),
)


@dataclass(frozen=True)
class NamedView:
    """A link of the desk; `pk` is that of a saved one, which its owner may delete, else None."""

    name: str
    query: str
    is_current: bool
    pk: int | None = None


def named_views(user: AnyUser, current: QueryDict) -> list[NamedView]:
    """Return the shipped views, then those of `user` by name."""
    query = view_query(current)
    shipped = [NamedView(str(name), text, text == query) for name, text in SHIPPED]
    saved = DeskView.objects.filter(owner_id=user.pk)
    return shipped + [NamedView(view.name, view.query, view.query == query, view.pk) for view in saved]


def view_query(parameters: QueryDict) -> str:
    """Return the part of a query string that makes a view, in one spelling: without page, format and empty values."""
    query = QueryDict(mutable=True)
    for name in (*DeskFilterSet.base_filters, SEARCH, ORDERING):
        if values := [value for value in parameters.getlist(name) if value.strip()]:
            query.setlist(name, values)
    return query.urlencode()


def save_view(user: AnyUser, name: str, parameters: QueryDict) -> DeskView:
    """Save a view, in place of the one that the person has under this name."""
    view, _created = DeskView.objects.update_or_create(
        owner_id=user.pk, name=name, defaults={"query": view_query(parameters)}
    )
    return view
