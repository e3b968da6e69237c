"""Alert e-mails, rendered from the records at the time of sending."""

import re
from dataclasses import replace
from email.utils import make_msgid

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from alerts.matching import query_of
from alerts.models import AlertEmail, Subscription
from core.alternates import absolute
from core.site import site_host
from exports.entries import entries
from search.describe import describe_query
from search.page import search_url
from search.query import Query

MOST_SHOWN = 30
MOST_WORDS, LONGEST_WORDS = 5, 60
SIGNS = re.compile(r'["“”«»()*,;!?]')
# A word without a dot, slash, colon or at sign, which mail programs could turn into a link.
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def new_message_id() -> str:
    return make_msgid(domain=site_host())


def email_of(alert_email: AlertEmail) -> EmailMultiAlternatives | None:
    """Return the e-mail in the subscriber's language, None if none of its practices is public any more.

    Practices that are not public are withheld and announced when they are public again.
    """
    subscription = alert_email.subscription
    listed_practices = entries(alert_email.items.keys(), subscription.language)
    alert_email.items.withhold_except(keys=[entry.key for entry in listed_practices])
    if not listed_practices:
        return None
    query = query_of(subscription)
    with override(subscription.language):
        count = len(listed_practices)
        head = ngettext("%(number)d new practice", "%(number)d new practices", count) % {"number": count}
        context = _context(subscription, query) | {
            "head": head,
            "shown": listed_practices[:MOST_SHOWN],
            "more": count - len(listed_practices[:MOST_SHOWN]),
        }
        return _email(subscription, f"{head}: {context['words']}", "alert", context, _headers(alert_email))


def confirmation(subscription: Subscription) -> EmailMultiAlternatives:
    """Return the e-mail with the link to confirm an alert or, later, to manage it."""
    query = query_of(subscription)
    with override(subscription.language):
        # Anybody may have typed the query, so only its first words are included, without anything that looks like a link.
        context = _context(subscription, replace(query, q=first_words(query.q)))
        subject = gettext("Confirm your alert")
        return _email(subscription, subject, "alert_confirm", context, {"Message-ID": new_message_id()})


def first_words(text: str) -> str:
    """Return the first words of untrusted text, with an ellipsis if shortened, without anything that looks like a link."""
    plain_words = [word for word in SIGNS.sub(" ", text).split() if WORD.fullmatch(word)]
    excerpt = " ".join(plain_words[:MOST_WORDS])[:LONGEST_WORDS]
    return f"{excerpt} …".strip() if len(excerpt) < len(text.strip()) else excerpt


def _context(subscription: Subscription, query: Query) -> dict[str, object]:
    return {
        "subscription": subscription,
        "words": describe_query(query),
        "search_url": absolute(search_url(query)),
        "manage_url": absolute(reverse("alerts:manage", args=[subscription.token])),
        "unsubscribe_url": _one_click(subscription),
    }


def _headers(alert_email: AlertEmail) -> dict[str, str]:
    """Return the headers of a mailing list, with one-click unsubscription (RFC 8058)."""
    return {
        "Message-ID": alert_email.message_id,
        "List-Id": f"<alerts.{site_host()}>",
        "List-Unsubscribe": f"<{_one_click(alert_email.subscription)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }


def _email(
    subscription: Subscription,
    subject: str,
    template: str,
    context: dict[str, object],
    headers: dict[str, str],
) -> EmailMultiAlternatives:
    text = render_to_string(f"emails/{template}.txt", context)
    message = EmailMultiAlternatives(
        " ".join(subject.split()), text, to=[subscription.email], headers=headers
    )
    message.attach_alternative(render_to_string(f"emails/{template}.html", context), "text/html")
    return message


def _one_click(subscription: Subscription) -> str:
    return absolute(reverse("unsubscribe", args=[subscription.token]))
