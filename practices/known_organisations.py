"""Suggest organisations that readers can see already, while an editor types the name of one."""

from collections import Counter

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from core.versions import per_version
from indexing.analysis.letters import words_of
from practices.models import PracticePage
from search.suggestions import MIN_LETTERS, has_prefixes

MAX_PAGES = 5_000
MAX_SUGGESTIONS = 10
DETAILS = ("name", "ror", "url")


@require_safe
def known_organisations(request: HttpRequest) -> JsonResponse:
    """Return organisations whose names have words that begin as those typed, for static/js/organisations.js."""
    prefixes = words_of(request.GET.get("q", ""))
    if sum(map(len, prefixes)) < MIN_LETTERS:
        return JsonResponse({"organisations": []})
    matches = [known for known in public_organisations() if has_prefixes(known["name"], prefixes)]
    return JsonResponse({"organisations": matches[:MAX_SUGGESTIONS]})


@per_version
def public_organisations() -> list[dict[str, str]]:
    """Return name, ROR identifier and website of the organisations of public practices, in all languages.

    The most frequent come first. Of a portal with more practices than MAX_PAGES the newest are read: a few milliseconds for a
    thousand of them, once after each publication.
    """
    pages = PracticePage.objects.readable().order_by("-first_published_at")[:MAX_PAGES]
    counts: Counter[str] = Counter()
    details: dict[str, dict[str, str]] = {}
    # Raw: blocks of thousands of pages would take seconds to make.
    for stream in pages.values_list("organisations", flat=True):
        for block in stream.raw_data:
            known = {name: block["value"].get(name) or "" for name in DETAILS}
            counts[known["name"]] += 1
            earlier = details.setdefault(known["name"], known)
            details[known["name"]] = {name: earlier[name] or known[name] for name in DETAILS}
    return [details[name] for name, _count in counts.most_common() if name]
