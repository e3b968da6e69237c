"""The pages on which a person chooses an act for many practices, starts it and sees how it goes."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from taggit.models import Tag
from wagtail.admin import messages
from wagtail.admin.forms.search import SearchForm
from wagtail.permissions import page_permission_policy

from core.i18n import active_language
from core.jobs import enqueue
from core.users import AnyUser
from practices.desk.acts import ACTS, PUBLISHABLE, Act, drafts_of
from practices.desk.filters import DeskFilterSet
from practices.desk.named_views import SEARCH, view_query
from practices.desk.querysets import desk_practices, searched
from practices.desk.rows import Row, rows
from practices.desk.states import State
from practices.models import DeskAct, PracticePage
from taxonomy.choices import Evidence
from taxonomy.models import Theme

LISTED = 20
ORDER = ("shown_title", "pk")
SECONDS_TO_RELOAD = 3
# What was done stays in the history of each practice.
KEPT_FOR = timedelta(days=90)


def may_act(user: AnyUser) -> bool:
    """Return whether the person may change practices without a review."""
    return bool(page_permission_policy.user_has_permission(user, "publish"))


class ValueForm(forms.Form):
    """The value of an act: a term, a tag by its name, or a level of evidence."""

    def __init__(self, act: Act, *args: Any) -> None:
        super().__init__(*args)
        label = str(act.label)
        if act.makes_tag:
            self.fields["value"] = forms.CharField(label=label, max_length=100)
        elif act.vocabulary:
            self.fields["value"] = forms.ModelChoiceField(_terms(act.vocabulary), label=label)
        elif act.has_value:
            self.fields["value"] = forms.ChoiceField(label=label, choices=Evidence.choices)

    def stored_value(self, act: Act) -> str:
        value = self.cleaned_data.get("value", "")
        if act.makes_tag:
            tags = Tag._default_manager
            tag = tags.filter(name__iexact=value).first()
            return str((tag or tags.get_or_create(name=value)[0]).pk)
        return str(value.pk) if act.vocabulary else str(value)


def _terms(vocabulary: type[Model]) -> QuerySet[Any]:
    """Return the terms to choose from: of tags those that practices have."""
    terms = vocabulary._default_manager.all()
    if vocabulary is Tag:
        return terms.filter(pk__in=PracticePage.tags.through.objects.values("tag")).order_by("name")
    return terms.select_related("parent") if vocabulary is Theme else terms


def start(request: HttpRequest) -> HttpResponse:
    """Ask for the value of an act, naming the practices; on POST start it."""
    if not may_act(request.user):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    act = ACTS.get(asked.get("act", ""))
    if act is None:
        raise BadRequest
    query = view_query(QueryDict(asked.get("query", "")))
    list_url = f"{reverse('practices_desk:index')}?{query}"
    practices = chosen(request, asked)
    keys = [str(key) for key in practices.order_by(*ORDER).values_list("translation_key", flat=True)]
    if not keys:
        messages.error(request, _("Nothing was done: choose practices first."))
        return redirect(list_url)
    form = ValueForm(act, request.POST if request.method == "POST" else None)
    shown = _digest(keys)
    is_confirmed = request.method == "POST" and ("all" not in asked or asked.get("shown") == shown)
    if is_confirmed and form.is_valid():
        desk_act = _enqueue(request.user, act, form.stored_value(act), keys, practices)
        return redirect("practices_desk:act", desk_act.pk)
    if request.method == "POST" and not is_confirmed:
        messages.warning(
            request, _("The list has changed. Nothing was done yet: check it and confirm again.")
        )
    context = {
        "act": act,
        "form": form,
        "total": len(keys),
        "ids": [] if "all" in asked else [str(pk) for pk in practices.values_list("pk", flat=True)],
        "all_chosen": "all" in asked,
        "shown": shown,
        "query": query,
        "list_url": list_url,
        "more": max(len(keys) - LISTED, 0),
        **_left_out(request, act, practices),
        "rows": _first_rows(request, practices),
        **_frame(str(act.label)),
    }
    return render(request, "practices/admin/desk/start_act.html", context)


def _digest(keys: list[str]) -> str:
    """Return a short text that is another one for other practices, in any order."""
    return sha256(" ".join(sorted(keys)).encode()).hexdigest()[:32]


def _enqueue(user: AnyUser, act: Act, value: str, keys: list[str], practices: QuerySet[Any]) -> DeskAct:
    """Store what is asked for the worker; of what is to be published, the drafts as they are now."""
    DeskAct.objects.filter(created__lt=timezone.now() - KEPT_FOR).delete()
    owner: Any = user
    confirmed = drafts_of(practices) if act.code == "publish" else {}
    desk_act = DeskAct.objects.create(owner=owner, code=act.code, value=value, keys=keys, confirmed=confirmed)
    enqueue("practices.desk_act", act=desk_act.pk)
    return desk_act


def chosen(request: HttpRequest, asked: QueryDict) -> QuerySet[Any]:
    """Return the practices ticked, or all that the filters leave. Raises BadRequest for values that mean nothing."""
    practices = desk_practices(request.user, active_language())
    if "all" not in asked:
        ids = [value for value in asked.getlist("id") if value.isdecimal() and len(value) < 19]
        return practices.filter(pk__in=ids)
    parameters = QueryDict(asked.get("query", ""))
    filters = DeskFilterSet(parameters, practices, request=request)
    search = SearchForm(parameters)
    if not filters.is_valid() or not search.is_valid():
        raise BadRequest
    text = search.cleaned_data[SEARCH]
    return searched(filters.qs, text, request.user) if text else filters.qs


def _left_out(request: HttpRequest, act: Act, practices: QuerySet[Any]) -> dict[str, object]:
    """Return what is known of the practices that are left as they are: how many there are and the first rows."""
    decided_elsewhere = Q(state=State.IN_REVIEW) | Q(state=State.SENT_BACK, live=True)
    if not act.has_value:
        decided_elsewhere |= Q(state=State.SENT_BACK)
    left = practices.filter(decided_elsewhere)
    left_total = left.count()
    drafts = PracticePage.objects.filter(
        PUBLISHABLE, translation_key=OuterRef("translation_key"), alias_of=None
    )
    without_draft = practices.filter(~decided_elsewhere & ~Exists(drafts)) if act.code == "publish" else None
    return {
        "left": _first_rows(request, left),
        "left_total": left_total,
        "left_more": max(left_total - LISTED, 0),
        "without_draft": without_draft.count() if without_draft is not None else 0,
    }


def _first_rows(request: HttpRequest, practices: QuerySet[Any]) -> list[Row]:
    return rows(practices.order_by(*ORDER)[:LISTED], request.user, active_language())


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an act of this person is; the page reloads by itself until it is done."""
    desk_act = get_object_or_404(DeskAct, pk=pk, owner_id=request.user.pk)
    act = ACTS[desk_act.code]
    context = {
        "act": desk_act,
        "total": len(desk_act.keys),
        "label": pgettext("desk", "%(act)s: %(value)s")
        % {"act": act.label, "value": _shown_value(act, desk_act.value)}
        if act.has_value
        else act.label,
        **_frame(_("Practices")),
    }
    response = render(request, "practices/admin/desk/act.html", context)
    if not desk_act.is_finished:
        response["Refresh"] = str(SECONDS_TO_RELOAD)
    return response


def _shown_value(act: Act, value: str) -> str:
    if act.vocabulary is None:
        return str(Evidence(value).label)
    return str(act.vocabulary._default_manager.filter(pk=value).first() or "")


def _frame(title: str) -> dict[str, object]:
    """Return what the heading of an admin page takes."""
    items = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("practices_desk:index"), "label": _("Practices")},
        {"url": "", "label": title},
    ]
    return {"page_title": title, "breadcrumbs_items": items, "header_icon": "form"}
