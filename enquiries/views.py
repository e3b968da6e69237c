"""A reader writes to the people behind a record, or reports an error in it. Never cached: the token stands in it."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import RedirectView

from accounts.client_ip import client_ip
from core.alternates import in_language, same_address
from core.i18n import active_language
from core.jobs import enqueue
from core.models import BasePage
from core.refused_forms import was_refused
from enquiries.forms import AdoptionForm, MessageForm, ReportForm
from enquiries.models import Message, MessageKind
from enquiries.relay import (
    CLIENT_AND_PAGE,
    DELIVERED_PER_PAGE,
    FORM_URLS,
    QueueFull,
    TooMany,
    accept_message,
    language_of_letter,
)
from indexing.resolution import readable_page
from indexing.visits import facts_of_record
from usage.counting import count
from usage.facts import Event

FORMS = {MessageKind.CONTACT: MessageForm, MessageKind.REPORT: ReportForm, MessageKind.ADOPTION: AdoptionForm}

# Parameter of the confirmation page: the message will be delivered later.
DELAYED_PARAMETER = "later"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: UUID, kind: MessageKind) -> HttpResponse:
    """Show the form; on a valid POST save the message for delivery and redirect to the confirmation."""
    page = _page(key)
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    status = 403 if was_refused(request, form) else 200
    if form.is_valid():
        with override(language_of_letter(page)):  # the labels of an adoption become part of the letter
            message: Message = form.save(commit=False)
        message.kind, message.record_key, message.title = kind, key, page.title
        message.language = active_language()
        try:
            # The address as the sign-in lock sees it: one setting for both where a proxy stands in front.
            is_immediate = accept_message(message, client_ip(request) or "")
        except TooMany as error:
            form.add_error(None, _too_many(error))
            status = 429
        else:
            enqueue("enquiries.deliver_messages")
            if kind == MessageKind.ADOPTION:
                for fact in facts_of_record(Event.ADOPTION, key):
                    count(fact, request, message.language)
            return redirect(
                reverse(f"{FORM_URLS[kind]}-sent", args=[key])
                + ("" if is_immediate else f"?{DELAYED_PARAMETER}=1")
            )
    return render(
        request,
        "pages/form_page.html",
        form_texts(kind) | base_context(request, page) | {"form": form},
        status=status,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_at_former_url(request: HttpRequest, key: UUID, kind: MessageKind) -> HttpResponse:
    """Redirect permanently to the form's URL; accept a POST from a window opened before the URLs changed."""
    if request.method == "POST":
        return write(request, key, kind)
    leads_on = RedirectView.as_view(pattern_name=FORM_URLS[kind], permanent=True, query_string=True)
    return cast(HttpResponse, leads_on(request, key=key))


@never_cache
@require_safe
def sent(request: HttpRequest, key: UUID, kind: MessageKind) -> HttpResponse:
    """Confirm that the message was saved, and say whether it will be delivered later."""
    page = _page(key)
    text = _waits(kind) if DELAYED_PARAMETER in request.GET else _passed_on(kind)
    return render(
        request, "pages/form_page.html", form_texts(kind) | base_context(request, page) | {"sent": text}
    )


def _passed_on(kind: MessageKind) -> str:
    return {
        MessageKind.CONTACT: gettext(
            "Thank you. Your message has been passed on to the contact of this page."
        ),
        MessageKind.REPORT: gettext("Thank you. Your report has been passed on to those who keep this page."),
        MessageKind.ADOPTION: gettext("Thank you. Those who keep this page have been told of your adoption."),
    }[kind]


def _waits(kind: MessageKind) -> str:
    thanks = {
        MessageKind.CONTACT: gettext("Thank you. Your message is saved and will be passed on later."),
        MessageKind.REPORT: gettext("Thank you. Your report is saved and will be passed on later."),
        MessageKind.ADOPTION: gettext(
            "Thank you. Your report of the adoption is saved and will be passed on later."
        ),
    }[kind]
    reason = gettext(
        "Many messages have been sent lately from your network or about this page. Messages are passed on in turn, at "
        "most %(day)s a day about one page and %(hour)s an hour from one network."
    )
    return f"{thanks} {reason % {'day': DELIVERED_PER_PAGE, 'hour': CLIENT_AND_PAGE.limit}}"


def _too_many(error: TooMany) -> str:
    if isinstance(error, QueueFull):
        return gettext(
            "So many messages about this page wait to be passed on that no more are taken. Please try again in a few "
            "days, or write to the secretariat: %(email)s"
        ) % {"email": settings.SECRETARIAT_EMAIL}
    return gettext("Too many messages have been sent lately. Please try again later.")


def _page(key: UUID) -> BasePage:
    """Return the public page of the record. Raises Http404."""
    page = readable_page(key)
    if page is None:
        raise Http404
    return page


def form_texts(kind: MessageKind) -> dict[str, str]:
    """Return title, button label and first sentence of a form."""
    texts = {
        MessageKind.CONTACT: (
            gettext("Ask the people behind it"),
            gettext("Send the message"),
            gettext(
                "What you write is passed on to the contact of this page, whose e-mail address is not shown."
            ),
        ),
        MessageKind.REPORT: (
            gettext("Report an error"),
            gettext("Send the report"),
            gettext("What you write goes to the focal point who keeps this page, or to the secretariat."),
        ),
        MessageKind.ADOPTION: (
            gettext("We adopted this"),
            gettext("Send to the focal point"),
            gettext(
                "Tell the focal point who keeps this page where you use the practice now, and what had to be changed. "
                "With your answer the adoption can be shown here."
            ),
        ),
    }
    title, submit, intro = texts[kind]
    return {"title": title, "submit": submit, "intro": intro}


def base_context(request: HttpRequest, page: BasePage) -> dict[str, Any]:
    url = in_language(page.get_url() or "", active_language())
    back = {"label": page.title, "url": url, "language": page.locale.language_code}
    return {"back": back, "alternates": same_address(request.path)}
