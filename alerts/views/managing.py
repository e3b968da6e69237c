"""The page of an alert, opened by its token. GET changes nothing, since mail scanners follow every link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alerts.matching import query_of
from alerts.models import Frequency, Subscription
from alerts.subscribing import confirm
from core.alternates import same_address
from search.describe import describe_query
from search.page import search_url
from usage.counting import count
from usage.facts import Event, Fact, joined_countries


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show the alert; on POST apply the action and redirect back. A deleted alert gets a page that says so."""
    subscription = Subscription.objects.with_token(token)
    if subscription is None:
        return render(request, "pages/alert_gone.html", {"alternates": same_address(request.path)})
    if request.method == "POST":
        _act(request, subscription)
        return redirect(request.path)
    query = query_of(subscription)
    context = {
        "subscription": subscription,
        "words": describe_query(query),
        "search_url": search_url(query),
        "others": Subscription.objects.of(subscription.email).count() - 1,
        "alternates": same_address(request.path),
    }
    return render(request, "pages/alert_page.html", context)


@never_cache
@csrf_exempt  # the mail program sends it (RFC 8058); the token says enough
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Delete the alert on POST, as mail programs send it, without a redirect; on GET show a button."""
    subscription = Subscription.objects.with_token(token)
    if subscription is None:
        return render(request, "pages/alert_gone.html", {"alternates": []})
    with override(subscription.language):
        if request.method == "POST":
            subscription.forget()
            return render(request, "pages/alert_gone.html", {"alternates": []})
        context = {"words": describe_query(query_of(subscription)), "alternates": []}
        return render(request, "pages/alert_unsubscribe.html", context)


def _act(request: HttpRequest, subscription: Subscription) -> None:
    action = request.POST.get("action", "")
    if action == "confirm":
        if confirm(subscription):
            countries = joined_countries(query_of(subscription).values("country"))
            count(Fact(Event.ALERT, countries), request, subscription.language)
    elif action in Frequency:
        subscription.change_frequency(Frequency(action), timezone.now())
    elif action == "delete":
        subscription.forget()
    elif action == "delete-all":
        Subscription.objects.of(subscription.email).forget()
