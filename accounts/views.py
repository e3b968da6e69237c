"""Sign-in, password reset and e-mail confirmation, by django-allauth, on pages that look like the portal."""

import logging
from collections.abc import Callable
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from allauth.account.views import (
    ConfirmEmailView,
    LoginView,
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
)
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode, urlsafe_base64_decode
from django.utils.translation import override
from django.views.generic import TemplateView
from wagtail.admin.views.account import LogoutView
from wagtail.documents.views.serve import authenticate_with_password as check_document_password
from wagtail.models import Page
from wagtail.views import authenticate_with_password as check_page_password

from accounts.adapter import home_of
from accounts.backends import PortalBackend
from accounts.client_ip import client_ip
from accounts.devices import remember_device
from accounts.hashing import RETRY_SECONDS, SignInBusy
from accounts.lock import forget_failures, limit_guesses, locked_page
from core.alternates import in_language
from core.i18n import active_language
from core.mailbox import mailbox_key
from core.privacy import equivalent_restrictions
from core.throttle import Throttle, client_key

logger = logging.getLogger(__name__)

RESET_EMAILS_PER_MAILBOX = Throttle("password_reset.mailbox", 5, timedelta(days=1))
RESETS_PER_CLIENT = Throttle("password_reset.client", 60, timedelta(hours=1))


class PortalPage:
    """Add the portal's language switch to a view of allauth and disable caching; mix in before the view."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        add_never_cache_headers(response)
        return response

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        path = self.request.get_full_path()
        alternates = [
            {"language": code, "url": in_language(path, code), "exists": False} for code in ("en", "ru")
        ]
        return super().get_context_data(**kwargs) | {"alternates": alternates}  # type: ignore[misc]


class SignInView(PortalPage, LoginView):
    template_name = "account/login.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Redirect a signed-in user to the admin, or show why they were sent here again."""
        if not request.user.is_authenticated:
            return super().get(request, *args, **kwargs)
        has_role = request.user.has_perm("wagtailadmin.access_admin")
        target = self.get_next_url()
        if has_role and (not target or target.startswith(reverse("wagtailadmin_home"))):
            return redirect(target or home_of(request.user))
        list(get_messages(request))  # Wagtail's refusals, which would wait for the first page of the admin
        context = {"has_role": has_role, "target": target, "secretariat": settings.SECRETARIAT_EMAIL}
        return render(request, "account/signed_in.html", self.get_context_data() | context)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        if self.request.user.is_authenticated:
            remember_device(self.request, response, self.request.user.get_username())
        return response

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except SignInBusy:
            return self._ask_to_try_again()

    def _ask_to_try_again(self) -> HttpResponse:
        """Render the unbound form with the submitted values except the password; a bound form would be validated again."""
        initial = {name: self.request.POST.get(name, "") for name in ("login", "remember")}
        form = self.get_form_class()(request=self.request, initial=initial)
        context = self.get_context_data(form=form, too_many_at_once=True)
        response = self.render_to_response(context, status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response


class SignOutView(PortalPage, TemplateView):
    """Sign out on POST only; GET shows a page with the form. Wagtail's view signs out on GET."""

    template_name = "account/sign_out.html"
    http_method_names = ("get", "head", "post", "options")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("account_login")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return LogoutView.as_view()(request)


class RedirectThenRun(HttpResponseRedirect):
    """A redirect that calls `afterwards` once it has been sent, so that response time reveals nothing about that work."""

    def __init__(self, url: str, afterwards: Callable[[], None]) -> None:
        super().__init__(url)
        self.afterwards = afterwards

    def close(self) -> None:
        try:
            self.afterwards()
        except Exception:  # the response has been sent already
            logger.exception("A letter for a new password was not sent")
        super().close()


class AskForResetView(PortalPage, PasswordResetView):
    template_name = "account/password_reset.html"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Return the same response for every address: accounts are looked up after the response has been sent."""
        if not RESETS_PER_CLIENT.hit(client_key(client_ip(self.request) or "")):
            return locked_page(self.request)
        email, language = form.cleaned_data["email"], active_language()
        if not RESET_EMAILS_PER_MAILBOX.hit(mailbox_key(email)):
            return HttpResponseRedirect(self.get_success_url())
        return RedirectThenRun(
            self.get_success_url(), lambda: send_reset_email(self.request, email, language)
        )


def send_reset_email(request: HttpRequest, email: str, language: str) -> None:
    """Send the password reset e-mail to the active users with this address, if any."""
    matches = filter_users_by_email(email.lower(), is_active=True, prefer_verified=True, for_login=True)
    users = [user for user in matches if PortalBackend().user_can_authenticate(user)]
    with allauth_context.request_context(request), override(language):
        request_password_reset(request, email, users, default_token_generator)


class ResetSentView(PortalPage, PasswordResetDoneView):
    template_name = "account/password_reset_done.html"


class NewPasswordView(PortalPage, PasswordResetFromKeyView):
    template_name = "account/password_reset_from_key.html"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Trust this browser and reset the failure count: the user has proved access to the mailbox."""
        response = super().form_valid(form)
        forget_failures(self.reset_user.get_username())
        remember_device(self.request, response, self.reset_user.get_username())
        return response


class NewPasswordDoneView(PortalPage, PasswordResetFromKeyDoneView):
    template_name = "account/password_reset_from_key_done.html"


class ConfirmAddressView(PortalPage, ConfirmEmailView):
    template_name = "account/email_confirm.html"


def not_offered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Raise Http404, for allauth's views that the portal does not offer."""
    raise Http404


def redirect_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect from Wagtail's sign-in pages to the portal's, keeping `next` if it is on this host."""
    return _redirect_with_next("account_login", request)


def redirect_to_reset(request: HttpRequest) -> HttpResponse:
    return _redirect_with_next("account_reset_password", request)


def redirect_to_new_password(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Redirect from a password reset link that Wagtail sent, if its token is valid."""
    try:
        user = get_user_model().objects.get(pk=urlsafe_base64_decode(uidb64).decode())
    except (ValueError, OverflowError, get_user_model().DoesNotExist):
        return redirect("account_reset_password")
    if not PasswordResetTokenGenerator().check_token(user, token):
        return redirect("account_reset_password")
    key = default_token_generator.make_token(user)
    return redirect("account_reset_password_from_key", uidb36=user_pk_to_url_str(user), key=key)


def _redirect_with_next(name: str, request: HttpRequest) -> HttpResponse:
    target = request.GET.get("next") or request.POST.get("next") or ""
    query = f"?{urlencode({'next': target})}" if _is_here(target, request) else ""
    return HttpResponseRedirect(reverse(name) + query)


def _is_here(url: str, request: HttpRequest) -> bool:
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Check the password of a page, which opens the page in all its languages; failures are counted for all of them together.

    Raises Http404 if the restriction does not apply to this page.
    """
    page = get_object_or_404(Page.objects.live(), pk=page_id)
    restriction = page.get_view_restrictions().filter(pk=page_view_restriction_id).first()
    if not restriction:
        raise Http404
    _go_on_to(page.get_url(request) or "/", request)
    restrictions = equivalent_restrictions(restriction)

    def check() -> HttpResponse:
        response: HttpResponse = check_page_password(request, page_view_restriction_id, page_id)
        if response.status_code == 302:  # the password is right
            for restriction_in_language in restrictions:
                restriction_in_language.mark_as_passed(request)
        return response

    return limit_guesses(
        request, f"page password {restrictions[0].pk}", request.POST.get("return_url", ""), check
    )


def document_password(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Check the password of a document."""
    name = f"document password {restriction_id}"
    _go_on_to("/", request)
    url = request.POST.get("return_url", "")
    return limit_guesses(request, name, url, lambda: check_document_password(request, restriction_id))


def _go_on_to(path: str, request: HttpRequest) -> None:
    """Set `return_url` to `path` if the form has none or one of another host. Wagtail would redirect to LOGIN_REDIRECT_URL,
    or reject the form because of a hidden field."""
    if not _is_here(request.POST.get("return_url", ""), request):
        fields = request.POST.copy()
        fields["return_url"] = path
        request.POST = fields  # type: ignore[assignment]
