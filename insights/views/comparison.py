"""The comparison page: practices side by side, at a URL that can be shared."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.alternates import same_address
from core.i18n import active_language
from exports.entries import entries
from exports.fact_table import comparison_groups
from insights.comparison import MAX_PRACTICES, MIN_PRACTICES, compare_url, parse_keys
from insights.overview import related
from insights.practices import PRACTICE, of_practices
from search.labels import known_codes
from search.query import parse
from search.results import Item, results_for

MAX_CANDIDATES = 5


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Compare the practices given by `key`; `find` searches for another one to add."""
    lang = active_language()
    requested_keys, notices = parse_keys(request.GET.getlist("key"))
    records = entries(requested_keys, lang)
    if len(records) < len(requested_keys):
        notices.append(gettext("Practices that are no longer public are left out."))
    keys = [entry.key for entry in records]
    is_narrow = "differences" in request.GET
    text, can_add = request.GET.get("find", ""), len(keys) < MAX_PRACTICES
    can_compare = len(records) >= MIN_PRACTICES
    groups = comparison_groups(records, only_differences=is_narrow) if can_compare else []
    context = {
        "notices": notices,
        "practices": [
            {"entry": entry, "without_url": compare_url(key for key in keys if key != entry.key)}
            for entry in records
        ],
        "groups": groups,
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
    """Return practices that can be added: results of the search for `text`, else those similar to the first practice."""
    query, _ = parse([("q", text)], known_codes(), lang=lang)
    items: list[Item] = []
    if query.q:
        items = results_for(of_practices(query)).items
    elif keys:
        items = [practice.item for practice in related(keys[0], lang) if practice.item.kind == PRACTICE]
    candidates = [item for item in items if item.key not in keys]
    return [{"item": item, "url": compare_url([*keys, item.key])} for item in candidates[:MAX_CANDIDATES]]
