"""One message of a reader in the admin: read, answered, assigned, closed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from accounts.models import User
from accounts.permissions import may_work_on
from enquiries.answers import send_answer, sent_answers, was_sent
from enquiries.desk import VIEW, assign, candidates, change_status, messages_for
from enquiries.desk_forms import AnswerForm, AssignForm, VersionForm
from enquiries.models import Message, Status
from enquiries.relay import RETENTION, page_of

ANSWER, ASSIGN = "answer", "assign"
# What the buttons without a text do.
STATUS_OF_ACTION = {"close": Status.CLOSED, "answered": Status.ANSWERED, "reopen": Status.OPEN}


class MessageView(WagtailAdminTemplateMixin, TemplateView):
    """A message that the user sees, else 404: whoever may not see it does not learn whether it exists."""

    template_name = "enquiries/admin/message.html"
    header_icon = "mail"
    message: Message
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = messages_for(request.user).select_related("assigned_to", "changed_by").filter(pk=kwargs["pk"])
        message = found.first()
        if message is None or not isinstance(request.user, User):
            return self.erased(request)
        self.message, self.user = message, request.user
        return super().dispatch(request, *args, **kwargs)

    def erased(self, request: HttpRequest) -> HttpResponse:
        """Return what was typed, which must not be lost with the message; without any, Http404."""
        text = request.POST.get("text", "").strip()
        if not text:
            raise Http404
        self.template_name = "enquiries/admin/erased.html"
        return self.render_to_response(super().get_context_data(text=text), status=404)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", ANSWER)
        if action == ASSIGN:
            return self.assign()
        return self.set_status(STATUS_OF_ACTION[action]) if action in STATUS_OF_ACTION else self.answer()

    def answer(self) -> HttpResponse:
        """Send the answer; if the message has changed meanwhile show what happened, with the text, and send nothing."""
        if not self.message.sender_email:
            raise Http404
        form = AnswerForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        data = form.cleaned_data
        message, text = self.message, data["text"]
        if send_answer(message, data["based_on"], text, self.user) or was_sent(message, text, self.user):
            messages.success(self.request, _("Your answer is on its way to the reader."))
            return self.leave()
        return self.changed_meanwhile()

    def set_status(self, status: Status) -> HttpResponse:
        form = VersionForm(self.request.POST)
        if not form.is_valid() or not change_status(
            self.message, form.cleaned_data["based_on"], status, self.user
        ):
            return self.changed_meanwhile()
        texts = {
            Status.OPEN: _("The message is open again."),
            Status.ANSWERED: _("The message is marked as answered."),
            Status.CLOSED: _("The message is closed."),
        }
        messages.success(self.request, texts[status])
        return self.leave()

    def assign(self) -> HttpResponse:
        form = self.assign_form(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(assign_form=form))
        person = form.cleaned_data["person"]
        if person != self.message.assigned_to:
            assign(self.message, self.page, person, self.user)
        if person:
            name = get_user_display_name(person)
            messages.success(self.request, _("The message is assigned to %(name)s.") % {"name": name})
        else:
            messages.success(self.request, _("The message is assigned to nobody in particular."))
        return self.leave()

    def changed_meanwhile(self) -> HttpResponse:
        """Show the message as it is now, with what was typed, which was not sent."""
        text = self.request.POST.get("text", "")
        message = (
            Message.objects.select_related("assigned_to", "changed_by").filter(pk=self.message.pk).first()
        )
        if message is None:
            return self.erased(self.request)
        self.message = message
        form = AnswerForm(initial={"based_on": message.version, "text": text})
        return self.render_to_response(self.get_context_data(form=form, conflict=self.conflict(text)))

    def conflict(self, text: str) -> str:
        values = {
            "status": self.message.get_status_display(),
            "name": get_user_display_name(self.message.changed_by) if self.message.changed_by else "–",
            "moment": date_format(localtime(self.message.changed), "DATETIME_FORMAT")
            if self.message.changed
            else "–",
        }
        happened = (
            _("The message has changed meanwhile. Its status is “%(status)s” now (%(name)s, %(moment)s).")
            % values
        )
        not_sent = _("Your answer was not sent. It is kept below.")
        return f"{happened} {not_sent}" if text else happened

    def leave(self) -> HttpResponse:
        return redirect("messages:inspect", self.message.pk)

    @cached_property
    def page(self) -> Page | None:
        return page_of(self.message)

    def assign_form(self, data: Any = None) -> AssignForm:
        people = candidates(self.message, self.page, self.user)
        return AssignForm(data, people=people, initial={"person": self.message.assigned_to})

    def get_page_title(self) -> str:
        return self.message.title if hasattr(self, "message") else _("This message has been erased")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("messages:index"), "label": _("Readers' messages")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        message, page = self.message, self.page
        user = self.user
        context = {
            "message": message,
            "page": page,
            "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk])
            if page and may_work_on(user, page)
            else "",
            # Recipients do not learn each other's addresses.
            "recipients": ", ".join(message.delivered_to) if user.has_perm(VIEW) else "",
            "answers": sent_answers(message),
            "others": messages_for(user)
            .on_same_page(message)
            .of_reader(message.sender_email)
            .exclude(pk=message.pk),
            "form": AnswerForm(initial={"based_on": message.version}),
            "assign_form": self.assign_form(),
            "erased_on": message.created + RETENTION,
        }
        return super().get_context_data(**context | kwargs)
