"""Make the portal send each kind of e-mail, and return them as text."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from tools.recordings.addresses import LANGUAGES, record_keys
from tools.recordings.normalising import normalise_text

READER = "reader@example.org"
MESSAGE = {
    "text": "How did you pay for the masts after the first year?",
    "sender_name": "Reader",
    "sender_email": READER,
}
ADOPTION = {
    "country": "Uzbekistan",
    "year": "2025",
    "organisation": "District of Nukus",
    "url": "https://example.org/report",
}


def send_all(moment: datetime) -> Iterator[str]:
    """Yield each e-mail as text, in the order of sending."""
    mail.outbox = []
    steps = {
        write_to_practices: 0,
        ask_for_alerts: 1,
        confirm_alerts: 2,
        review: 3,
        publish_and_wait: 4,
        end_week_without_news: 12,
    }
    for step, day in steps.items():
        with time_machine.travel(moment + timedelta(days=day), tick=False):
            step()
            call_command("worker", once=True)
            yield from sorted(_text(message) for message in mail.outbox)
            if step is not ask_for_alerts:
                mail.outbox.clear()


def write_to_practices() -> None:
    for language, key in zip(LANGUAGES, record_keys(), strict=False):
        for name in ("contact", "report", "adopted"):
            _send_form(f"/{language}/record/{key}/{name}/", MESSAGE | (ADOPTION if name == "adopted" else {}))
    for language in LANGUAGES:
        _send_form(f"/{language}/accounts/password/reset/", {"email": "focal-kazakhstan@example.org"})


def ask_for_alerts() -> None:
    for language in LANGUAGES:
        _send_form(
            f"/{language}/alerts/new/?country=KZ", {"email": f"{language}-{READER}", "frequency": "weekly"}
        )


def confirm_alerts() -> None:
    for message in list(mail.outbox):
        for path in re.findall(r"http://testserver(/\w\w/alerts/\S+/)", str(message.body)):
            _send_form(path, {"action": "confirm"})
    mail.outbox.clear()


def review() -> None:
    """Send two pages through review: reject one, approve the other in every task."""
    users = {user.username: user for user in get_user_model().objects.filter(is_demo=True)}
    pages = (
        Page.objects.live()
        .filter(content_type__model="practicepage", url_path__contains="/kazakhstan/")
        .order_by("pk")
    )
    for page, action in zip(pages.specific()[:2], ("reject", "approve"), strict=False):
        page.title += " again"
        page.save_revision(user=users["focal-kazakhstan"])
        state = page.get_workflow().start(page, users["focal-kazakhstan"])
        while state.status == state.STATUS_IN_PROGRESS:
            task = state.current_task_state.task.specific
            getattr(state.current_task_state, action)(
                user=users["secretariat"], comment=f"Comment of {task.name}"
            )
            state.refresh_from_db()


def publish_and_wait() -> None:
    """Publish a practice, which subscribers of its country are told of."""
    page = Page.objects.filter(
        content_type__model="practicepage", live=False, url_path__contains="/kazakhstan/"
    ).first()
    if page:
        page.specific.save_revision().publish()


def end_week_without_news() -> None:
    """Do nothing: the week ends for weekly subscribers."""


def _send_form(url: str, values: dict[str, str]) -> None:
    """Post the first form of a page that has these fields, with what its hidden fields hold."""
    client = Client()
    soup = BeautifulSoup(client.get(url, follow=True).content, "lxml")
    form = next(
        form
        for form in soup.select("form[method=post]")
        if not form.get("action") or "language" not in form["action"]
    )
    hidden = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden][name]")}
    client.post(url, hidden | values)


def _text(message: mail.EmailMessage) -> str:
    heads = [
        f"{name}: {value}" for name, value in sorted(message.extra_headers.items()) if name != "Message-ID"
    ]
    alternatives = [str(part) for part in getattr(message, "alternatives", [])]
    lines = [
        f"To: {message.to}",
        f"Reply-To: {message.reply_to}",
        f"Subject: {message.subject}",
        *heads,
        "",
        str(message.body),
    ]
    return normalise_text(
        re.sub(
            r"(/alerts|/review|/reset/key|/confirm[\w-]*)/[^/\s>]{12,}",
            r"\1/TOKEN",
            "\n".join([*lines, *alternatives]),
        )
    )
