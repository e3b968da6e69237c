"""The e-mails: what stands in them is what the practices say when they are sent."""

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
# Nothing that holds a dot, a slash, a colon or an at sign.
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def new_message_id() -> str:
    return make_msgid(domain=site_host())


def email_of(alert_email: AlertEmail) -> EmailMultiAlternatives | None:
    """The e-mail in its reader's language, None where nothing of it is public any more.

    What is not is left out, and told when it returns.
    """
    subscription = alert_email.subscription
    found = entries(alert_email.items.keys(), subscription.language)
    alert_email.items.leave_out(but=[entry.key for entry in found])
    if not found:
        return None
    query = query_of(subscription)
    with override(subscription.language):
        count = len(found)
        head = ngettext("%(number)d new practice", "%(number)d new practices", count) % {"number": count}
        context = _context(subscription, query) | {
            "head": head,
            "shown": found[:MOST_SHOWN],
            "more": count - len(found[:MOST_SHOWN]),
        }
        return _email(subscription, f"{head}: {context['words']}", "alert", context, _headers(alert_email))


def confirmation(subscription: Subscription) -> EmailMultiAlternatives:
    """The e-mail with the link by which a mailbox's owner confirms or, later, finds the alert again."""
    query = query_of(subscription)
    with override(subscription.language):
        # Its words are a stranger's until its owner confirms: a few, and none that a mail program makes a link of.
        context = _context(subscription, replace(query, q=first_words(query.q)))
        subject = gettext("Confirm your alert")
        headers = {"Message-ID": new_message_id(), "Auto-Submitted": "auto-generated"}
        return _email(subscription, subject, "alert_confirm", context, headers)


def first_words(text: str) -> str:
    """Return the first words of a text typed by a stranger, an ellipsis for the rest; whatever looks like a link is left out."""
    words = [word for word in SIGNS.sub(" ", text).split() if WORD.fullmatch(word)]
    first = " ".join(words[:MOST_WORDS])[:LONGEST_WORDS]
    return f"{first} …".strip() if len(first) < len(text.strip()) else first


def _context(subscription: Subscription, query: Query) -> dict[str, object]:
    return {
        "subscription": subscription,
        "words": describe_query(query),
        "search_url": absolute(search_url(query)),
        "manage_url": absolute(reverse("alerts:manage", args=[subscription.token])),
        "unsubscribe_url": _one_click(subscription),
    }


def _headers(alert_email: AlertEmail) -> dict[str, str]:
    """One click in the mail program unsubscribes (RFC 8058); nobody's holiday answer comes back."""
    return {
        "Message-ID": alert_email.message_id,
        "List-Id": f"<alerts.{site_host()}>",
        "List-Unsubscribe": f"<{_one_click(alert_email.subscription)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
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
