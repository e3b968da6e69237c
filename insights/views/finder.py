"""The guided finder: four questions, one on each page, without scripts; the last one leads to the search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.alternates import same_address
from core.i18n import active_language
from insights.finder import ANY, DOES_NOT_MATTER, STEPS, Finder
from search.engines import engine
from search.page import search_url


@require_safe
def finder_page(request: HttpRequest) -> HttpResponse:
    """Show the first question without an answer in the URL; redirect to the search if all are answered."""
    finder = Finder(request.GET, active_language())
    step = finder.step
    if step is None:
        return redirect(search_url(finder.query))
    context = {
        "step": step,
        "number": STEPS.index(step) + 1,
        "steps": len(STEPS),
        "offers": finder.offers(step),
        "any": ANY,
        "does_not_matter": DOES_NOT_MATTER,
        "left": engine().size(finder.query),
        "given": finder.answered_steps(),
        "answered": finder.answered.items(),
        "is_unanswered": request.GET.get("asked") == step.name,
        "search_url": search_url(finder.query),
        "alternates": same_address(request.get_full_path(), exists=True),
    }
    return render(request, "pages/finder.html", context)
