"""URLs of sign-in below /en/ and /ru/, with the names that django-allauth expects; its other views answer 404."""

from django.urls import path, re_path

from accounts import views
from accounts.tags import suggest

sign_out = views.SignOutView.as_view()
urlpatterns = [
    path("accounts/login/", views.SignInView.as_view(), name="account_login"),
    path("accounts/logout/", sign_out, name="account_logout"),
    path("accounts/password/reset/", views.AskForResetView.as_view(), name="account_reset_password"),
    path("accounts/password/reset/done/", views.ResetSentView.as_view(), name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        views.NewPasswordDoneView.as_view(),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^accounts/confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmAddressView.as_view(), name="account_confirm_email"
    ),
    *(path(f"accounts/{route}/", views.not_offered, name=f"account_{name}") for route, name in (
        ("signup", "signup"), ("inactive", "inactive"), ("email", "email"), ("reauthenticate", "reauthenticate"),
        ("confirm-email", "email_verification_sent"), ("password/change", "change_password"),
        ("password/set", "set_password"),
    )),
    path("_util/login/", views.redirect_to_sign_in),
    path("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", views.page_password),
]  # fmt: skip
# Wagtail's URLs, which redirect to the portal's; to be included before /admin/ and /documents/.
wagtails = [
    path("admin/login/", views.redirect_to_sign_in),
    path("admin/logout/", sign_out),
    path("admin/password_reset/", views.redirect_to_reset),
    path("admin/password_reset/done/", views.redirect_to_reset),
    path("admin/password_reset/complete/", views.redirect_to_sign_in),
    path("admin/password_reset/confirm/<uidb64>/<token>/", views.redirect_to_new_password),
    path("admin/tag-autocomplete/", suggest),
    path("admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/", suggest),
    path("documents/authenticate_with_password/<int:restriction_id>/", views.document_password),
]
