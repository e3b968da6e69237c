"""Accounts and sign-in: django-allauth for the pages, django-axes for failures (docs/decisions/sign-in.md)."""

from datetime import timedelta

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.PortalAccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A signed-in user without access to the admin sees a page; redirecting would loop.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
# allauth's limits use a cache; instead django-axes counts failures and core.throttle e-mails, both in the database.
ACCOUNT_RATE_LIMITS = False
# For the limits see accounts.lock.
AXES_HANDLER = "accounts.lock.LockHandler"
AXES_LOCKOUT_PARAMETERS = "accounts.lock.lockout_parameters"
AXES_LOCKOUT_CALLABLE = "accounts.lock.locked_page"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are not logged, for privacy
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "accounts.client_ip.client_ip"
