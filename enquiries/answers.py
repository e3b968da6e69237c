"""Answers to readers: sent by the portal, kept with the message, their fate followed in the outbox."""

from dataclasses import dataclass
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.models import User
from core.alternates import absolute
from core.outbox import Mail
from core.site import site_host
from enquiries.desk import change_status
from enquiries.models import Answer, Message, MessageKind, Status
from enquiries.relay import FORM_URLS, page_of
from indexing.permanent import permanent_path
from indexing.resolution import readable_page


@dataclass(frozen=True)
class SentAnswer:
    """An answer with the state of its e-mail; without `mail` that was sent long ago, and is forgotten."""

    answer: Answer
    mail: Mail | None


def sent_answers(message: Message) -> list[SentAnswer]:
    """Return the answers to a message, the oldest first."""
    answers = list(message.answers.select_related("author"))
    mails = Mail.objects.filter(message_id__in=[answer.mail_id for answer in answers]).defer("content")
    by_id = {mail.message_id: mail for mail in mails}
    return [SentAnswer(answer, by_id.get(answer.mail_id)) for answer in answers]


@transaction.atomic
def send_answer(message: Message, version: int, text: str, author: User) -> bool:
    """Answer a message that `author` saw in `version`: keep the answer, and put it into the outbox.

    Return False, and send nothing, if the message was changed, answered or erased meanwhile.
    """
    if not change_status(message, version, Status.ANSWERED, author):
        return False
    answer = message.answers.create(text=text, author=author, mail_id=make_msgid(domain=site_host()))
    with override(message.language), timezone.override(timezone.get_default_timezone()):
        _email(message, answer).send()
    return True


def was_sent(message: Message, text: str, author: User) -> bool:
    """Return whether the last answer is this one: the button was pressed twice, or the page sent again."""
    last = message.answers.last()
    return last is not None and (last.text, last.author) == (text, author)


def _email(message: Message, answer: Answer) -> EmailMessage:
    """Return the e-mail in the active language.

    It does not have the author's address: a reply goes to the secretariat, a new message by the form as the first one did.
    """
    key = message.record_key
    page = readable_page(key) if key else page_of(message)
    path = page.get_url() if page else key and permanent_path(key)
    title = page.title if page else message.title
    context = {
        "message": message,
        "text": answer.text,
        "title": title,
        "url": absolute(path or ""),
        "form_url": absolute(reverse(FORM_URLS[MessageKind(message.kind)], args=[key]))
        if page and key
        else "",
    }
    subject = gettext("Answer to your message: %(title)s") % {"title": title}
    return EmailMessage(
        " ".join(subject.split()),
        render_to_string("emails/answer.txt", context),
        to=[message.sender_email],
        reply_to=[settings.SECRETARIAT_EMAIL],
        # A person wrote it (RFC 3834), which the outbox cannot know.
        headers={"Message-ID": answer.mail_id, "Auto-Submitted": "no"},
    )


@transaction.atomic
def reopen_unanswered(mail_id: str) -> None:
    """Open the message again whose answer the mail server of the reader has refused for good, unless another came later."""
    now = timezone.now()
    for answer in Answer.objects.filter(mail_id=mail_id).select_related("message"):
        Answer.objects.filter(pk=answer.pk).update(given_up=now)
        if answer.message.status == Status.ANSWERED and answer == answer.message.answers.last():
            change_status(answer.message, answer.message.version, Status.OPEN, None, now)


def await_again(mail_ids: list[str]) -> None:
    """Note that these e-mails are tried again. A message that was opened stays open until somebody looks."""
    Answer.objects.filter(mail_id__in=mail_ids).update(given_up=None)
