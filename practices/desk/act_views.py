"""The pages on which a person chooses an act for many practices, starts it and sees how it goes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from taggit.models import Tag
from wagtail.admin import messages
from wagtail.permissions import page_permission_policy

from core.i18n import active_language
from core.jobs import enqueue
from core.users import AnyUser
from practices.desk.acts import ACTS, Act
from practices.desk.filters import DeskFilterSet
from practices.desk.named_views import SEARCH, view_query
from practices.desk.querysets import desk_practices, searched
from practices.desk.rows import rows
from practices.desk.states import State
from practices.models import DeskAct, PracticePage
from taxonomy.choices import Evidence
from taxonomy.models import Theme

LISTED = 20
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
            return str((tags.filter(name__iexact=value).first() or tags.create(name=value)).pk)
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
    if not (total := practices.count()):
        messages.error(request, _("Nothing was done: choose practices first."))
        return redirect(list_url)
    form = ValueForm(act, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        keys = [
            str(key)
            for key in practices.order_by("shown_title", "pk").values_list("translation_key", flat=True)
        ]
        DeskAct.objects.filter(created__lt=timezone.now() - KEPT_FOR).delete()
        owner: Any = request.user
        desk_act = DeskAct.objects.create(owner=owner, code=act.code, value=form.stored_value(act), keys=keys)
        enqueue("practices.desk_act", act=desk_act.pk)
        return redirect("practices_desk:act", desk_act.pk)
    context = {
        "act": act,
        "form": form,
        "total": total,
        "ids": [] if "all" in asked else asked.getlist("id"),
        "all_chosen": "all" in asked,
        "query": query,
        "list_url": list_url,
        "more": max(total - LISTED, 0),
        **_named(request, act, practices),
        **_frame(str(act.label)),
    }
    return render(request, "practices/admin/desk/start_act.html", context)


def chosen(request: HttpRequest, asked: QueryDict) -> QuerySet[Any]:
    """Return the practices ticked, or all that the filters leave. Raises BadRequest for values that mean nothing."""
    practices = desk_practices(request.user, active_language())
    if "all" not in asked:
        ids = [value for value in asked.getlist("id") if value.isdecimal() and len(value) < 19]
        return practices.filter(pk__in=ids)
    parameters = QueryDict(asked.get("query", ""))
    filters = DeskFilterSet(parameters, practices, request=request)
    if not filters.is_valid():
        raise BadRequest
    text = parameters.get(SEARCH, "").strip()
    return searched(filters.qs, text, request.user) if text else filters.qs


def _named(request: HttpRequest, act: Act, practices: QuerySet[Any]) -> dict[str, object]:
    """Return the first practices chosen, and the first of those that are known to be left out."""
    decided_elsewhere = Q(state=State.IN_REVIEW) | Q(state=State.SENT_BACK, live=True)
    if not act.has_value:
        decided_elsewhere |= Q(state=State.SENT_BACK)
    in_order = practices.order_by("shown_title", "pk")
    listed = {"rows": in_order, "left": in_order.filter(decided_elsewhere)}
    return {name: rows(found[:LISTED], request.user, active_language()) for name, found in listed.items()}


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
