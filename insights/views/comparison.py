"""Practices side by side, at an address that can be sent on."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.alternates import same_address
from core.i18n import active_language
from exports.entries import entries
from exports.fact_table import comparison_groups
from insights.comparison import FEWEST, MOST, compare_url, read_keys
from insights.overview import related
from insights.practices import PRACTICE, of_practices
from search.labels import known_codes
from search.query import parse
from search.results import Item, results_for

FOUND = 5


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """The comparison of the practices that the address names by `key`; `find` looks for one more."""
    lang = active_language()
    asked, notices = read_keys(request.GET.getlist("key"))
    shown = entries(asked, lang)
    if len(shown) < len(asked):
        notices.append(gettext("Practices that are no longer public are left out."))
    keys = [entry.key for entry in shown]
    is_narrow = "differences" in request.GET
    text, can_add = request.GET.get("find", ""), len(keys) < MOST
    context = {
        "notices": notices,
        "practices": [
            {"entry": entry, "without_url": compare_url(key for key in keys if key != entry.key)}
            for entry in shown
        ],
        "groups": comparison_groups(shown, only_differences=is_narrow) if len(shown) >= FEWEST else [],
        "only_differences": is_narrow,
        "whole_url": compare_url(keys),
        "differences_url": compare_url(keys, differences="on"),
        "can_add": can_add,
        "find": text,
        "found": _to_add(text, keys, lang) if can_add else [],
        "alternates": same_address(request.get_full_path(), exists=True),
    }
    return render(request, "pages/compare.html", context)


def _to_add(text: str, keys: list[UUID], lang: str) -> list[dict[str, object]]:
    """Practices to put beside those that are there: what the words find, else what is like the first."""
    query, _ = parse([("q", text)], known_codes(), lang=lang)
    found: list[Item] = []
    if query.q:
        found = results_for(of_practices(query)).items
    elif keys:
        found = [one.item for one in related(keys[0], lang) if one.item.kind == PRACTICE]
    others = [item for item in found if item.key not in keys]
    return [{"item": item, "url": compare_url([*keys, item.key])} for item in others[:FOUND]]
