"""The alert form and the page shown after it. Never cached, since the form contains a CSRF token."""

from contextlib import suppress
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client_ip import client_ip
from alerts.addresses import query_address
from alerts.forms import AlertForm
from alerts.models import Subscription
from alerts.subscribing import MailboxFull, TooMany, request_confirmation
from core.alternates import same_address
from core.refused_forms import was_refused
from indexing.analysis.text_query import parse_text
from search.describe import describe_query
from search.engines import engine
from search.messages import problem_message
from search.page import search_url
from search.query import Notice, Query
from search.request_parsing import query_from_request
from search.stored_queries import correction_of, text_problem


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the alert form for the query in the URL; on POST send the confirmation e-mail."""
    query = _query(request)
    form = AlertForm(request.POST if request.method == "POST" else None, query)
    status = 403 if was_refused(request, form) else 200
    if form.is_valid():
        requested = Subscription(
            email=form.cleaned_data["email"],
            frequency=form.cleaned_data["frequency"],
            query=form.query,
            language=query.lang,
        )
        try:
            with suppress(MailboxFull):
                request_confirmation(requested, client_ip(request) or "")
            return redirect(query_address("alerts:asked", query))
        except TooMany:
            form.add_error(
                None, gettext("Too many messages have been asked for lately. Please try again later.")
            )
            status = 429
    context = _frame(request, query) | {"form": form, "submit": gettext("Send me the link")}
    context |= {"intro": _intro(query), "suggestion": _suggestion(query)}
    return render(request, "pages/form_page.html", context, status=status)


@never_cache
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """Show the same confirmation whether or not the address has an alert, so that it does not reveal subscribers."""
    context = _frame(request, _query(request)) | {"title": gettext("Check your e-mail")}
    return render(request, "pages/alert_asked.html", context)


def _query(request: HttpRequest) -> Query:
    query = query_from_request(request)[0].without_paging
    return query if parse_text(query.q) else replace(query, q="")  # as the search page answers it


def _suggestion(query: Query) -> dict[str, str] | None:
    """Return the correction of a query that finds nothing, and the URL of an alert for it."""
    if not (text := correction_of(query)):
        return None
    return {"text": text, "url": query_address("alerts:new", replace(query, q=text))}


def _intro(query: Query) -> str:
    count = engine().size(query)
    count_sentence = ngettext(
        "It finds %(number)d practice now. We write to you when there are new ones.",
        "It finds %(number)d practices now. We write to you when there are new ones.",
        count,
    )
    heading = pgettext("search", "Search")
    problem = text_problem(query)
    sentence = problem_message(Notice("q", "", problem)) if problem else count_sentence % {"number": count}
    return f"{heading}: {describe_query(query)}. {sentence}"


def _frame(request: HttpRequest, query: Query) -> dict[str, object]:
    back = {"label": gettext("Find practices"), "url": search_url(query), "language": query.lang}
    alternates = same_address(request.get_full_path())
    return {"title": gettext("E-mail me new practices"), "back": back, "alternates": alternates}
