from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self) -> None:
        from accounts import receivers  # noqa: F401
        from accounts.forged import ignore_invalid_ids_in_choosers
        from accounts.notifications import send_in_recipients_language
        from accounts.tags import use_own_popular_tags
        from accounts.uses import term_uses
        from taxonomy.uses import register_uses

        register_uses(term_uses)
        use_own_popular_tags()
        ignore_invalid_ids_in_choosers()
        send_in_recipients_language()


class UsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's users, with our forms."""

    user_viewset = "accounts.user_admin.PortalUserViewSet"
